package io.stretchc.lab;

import io.stretchc.resolve.Role;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;

/** Which servers of a lab a person means: names of servers, sites or clusters, with commas between or apart. */
public final class Targets {
    private final LabState state;

    /** Targets in a lab. */
    public Targets(LabState state) {
        this.state = state;
    }

    /** All configurations, reserves among them, that go by these names: what a loss of them takes down. */
    public List<LabServer> everything(List<String> names) throws LabFault {
        return named(names, true);
    }

    /** The servers that go by these names, without reserves. */
    public List<LabServer> servers(List<String> names) throws LabFault {
        return named(names, false);
    }

    /** The reserve of a role and name. */
    public LabServer reserve(Role role, String name) throws LabFault {
        List<LabServer> all =
                state.servers().stream().filter(s -> s.role() == role).toList();
        return all.stream()
                .filter(s -> s.name().text().equals(name))
                .findFirst()
                .orElseThrow(() -> new LabFault(
                        LabFault.Reason.INVALID,
                        "The topology has no " + Lab.title(role) + " `" + name + "`; "
                                + (all.isEmpty()
                                        ? "it declares none."
                                        : "it has "
                                                + list(all.stream()
                                                        .map(s -> s.name().text())
                                                        .toList()) + ".")));
    }

    private List<LabServer> named(List<String> names, boolean reserves) throws LabFault {
        var found = new LinkedHashSet<LabServer>();
        List<String> all = split(names);
        if (all.isEmpty()) {
            throw new LabFault(LabFault.Reason.INVALID, "No server or site is named.");
        }
        for (String name : all) {
            List<LabServer> byName = state.servers().stream()
                    .filter(s -> s.name().text().equals(name))
                    .toList();
            List<LabServer> bySite = state.servers().stream()
                    .filter(s -> s.site() != null && s.site().text().equals(name))
                    .toList();
            List<LabServer> byCluster = state.servers().stream()
                    .filter(s -> s.cluster().equals(name))
                    .toList();
            if (byName.isEmpty() && bySite.isEmpty() && byCluster.isEmpty()) {
                throw unknown(name);
            }
            if (!byName.isEmpty() && !bySite.isEmpty()) {
                throw new LabFault(
                        LabFault.Reason.INVALID,
                        "`" + name + "` is a server and a site: name the servers that are meant.");
            }
            List<LabServer> meant = !byName.isEmpty() ? byName : !bySite.isEmpty() ? bySite : byCluster;
            boolean only = !byName.isEmpty() && byName.stream().noneMatch(s -> s.role() == Role.SERVER);
            meant.stream()
                    .filter(s -> reserves || only || s.role() == Role.SERVER)
                    .forEach(found::add);
        }
        return new ArrayList<>(found);
    }

    private LabFault unknown(String name) {
        var known = new TreeSet<String>();
        state.servers().forEach(s -> {
            if (s.site() != null) {
                known.add(s.site().text());
            }
            known.add(s.name().text());
        });
        return new LabFault(
                LabFault.Reason.INVALID,
                "The lab `" + state.name() + "` has no server or site `" + name + "`; it has "
                        + list(List.copyOf(known)) + ".");
    }

    private static String list(List<String> names) {
        int most = 24;
        return String.join(", ", names.subList(0, Math.min(most, names.size())))
                + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }

    private static List<String> split(List<String> names) {
        return names.stream()
                .flatMap(n -> List.of(n.split(",", -1)).stream())
                .map(String::strip)
                .filter(n -> !n.isEmpty())
                .toList();
    }
}
