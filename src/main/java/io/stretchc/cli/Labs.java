package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabHome;
import io.stretchc.lab.LabName;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.LabState;
import io.stretchc.lab.Processes;
import io.stretchc.nats.Login;
import io.stretchc.nats.LoginFault;
import io.stretchc.nats.Logins;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The labs of this machine: which one is meant, and how to log in to it. */
final class Labs {
    private final LabHome home;

    private Labs(LabHome home) {
        this.home = home;
    }

    static Labs of(Map<String, String> environment) throws LabFault {
        return new Labs(LabHome.of(environment));
    }

    LabHome home() {
        return home;
    }

    /**
     * The lab of a name; without a name the one that runs, or else the only one.
     *
     * @throws LabFault when there is none, or it is not clear which
     */
    LabState select(@Nullable String name) throws LabFault {
        if (name != null) {
            LabName parsed = LabName.parse(name)
                    .orElseThrow(
                            () -> new LabFault(LabFault.Reason.INVALID, Quote.of(name) + " is not the name of a lab."));
            return home.find(parsed)
                    .orElseThrow(() -> new LabFault(
                            LabFault.Reason.INVALID,
                            "There is no lab " + Quote.of(name) + " on this machine; `stretchc lab status` lists those"
                                    + " that are."));
        }
        return one(home.all());
    }

    static LabState one(List<LabState> labs) throws LabFault {
        List<LabState> running =
                labs.stream().filter(l -> !Processes.of(l.servers()).isEmpty()).toList();
        List<LabState> meant = running.isEmpty() ? labs : running;
        if (meant.isEmpty()) {
            throw new LabFault(
                    LabFault.Reason.INVALID,
                    "There is no lab on this machine: `stretchc lab up topologies/stretch.yaml` makes one.");
        }
        if (meant.size() > 1) {
            throw new LabFault(
                    LabFault.Reason.INVALID,
                    "There is more than one lab, "
                            + Quote.all(meant.stream().map(LabState::name).toList()) + ": say which with `--lab`.");
        }
        return meant.get(0);
    }

    /** The lab that runs a topology's backbone, if there is one; more than one is a fault. */
    Optional<LabState> of(ResolvedTopology topology) throws LabFault {
        ClusterModel backbone = topology.backbone();
        var names = new TreeSet<String>();
        backbone.servers().forEach(s -> names.add(s.name().text()));
        List<LabState> same = home.all().stream()
                .filter(l -> l.backbone().name().equals(backbone.name()) && names.equals(members(l)))
                .toList();
        return same.isEmpty() ? Optional.empty() : Optional.of(one(same));
    }

    private static java.util.Set<String> members(LabState lab) {
        var names = new TreeSet<String>();
        Lab.members(lab).stream()
                .filter(s -> s.cluster().equals(lab.backbone().name()))
                .forEach(s -> names.add(s.name().text()));
        return names;
    }

    /** How to get into a cluster of a lab: by every server, and those reserves that run. */
    static Logins logins(LabState lab, LabState.Cluster cluster) {
        var running = Processes.of(lab.servers()).keySet();
        List<String> urls = lab.servers().stream()
                .filter(s -> s.cluster().equals(cluster.name()))
                .filter(s -> s.role() == Role.SERVER || running.contains(s))
                .map(LabServer::url)
                .toList();
        var accounts = new TreeMap<String, Login>();
        for (String account : cluster.accounts()) {
            accounts.put(account, new Login(urls, cluster.userIn(account), lab.password()));
        }
        return new Logins(
                new Login(urls, cluster.userIn(cluster.system()), lab.password()),
                accounts,
                "the lab " + Quote.of(lab.name()));
    }

    /** The lab that a command means: the one that is named, or the one that runs its topology. */
    static Optional<LabState> find(
            Map<String, String> environment, @Nullable ResolvedTopology topology, @Nullable String name)
            throws LoginFault {
        try {
            if (name != null) {
                return Optional.of(of(environment).select(name));
            }
            boolean noPlace = Stream.of("STRETCHC_STATE", "XDG_STATE_HOME", "HOME")
                    .allMatch(v -> environment.getOrDefault(v, "").isEmpty());
            return topology == null || noPlace
                    ? Optional.empty()
                    : of(environment).of(topology);
        } catch (LabFault e) {
            throw new LoginFault(e.getMessage());
        }
    }
}
