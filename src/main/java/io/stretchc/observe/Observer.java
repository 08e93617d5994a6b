package io.stretchc.observe;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Gap;
import io.stretchc.snapshot.MetaGroup;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a live cluster over the system account: a roll-call of all servers, then what each of them says of its JetStream
 * and its copies of streams, then, where there is a login to an account, which streams the meta leader lists. What
 * cannot be seen is noted as a gap; only a cluster that cannot be asked at all is a fault. Changes nothing.
 */
public final class Observer {
    private final ClusterQuery system;
    private final SortedMap<String, ClusterQuery> accounts;
    private final Patience patience;
    private final InstantSource clock;
    private final boolean digests;

    /**
     * An observer.
     *
     * @param system a connection to the system account
     * @param accounts connections to other accounts, by name
     */
    public Observer(
            ClusterQuery system, SortedMap<String, ClusterQuery> accounts, Patience patience, InstantSource clock) {
        this(system, accounts, patience, clock, true);
    }

    private Observer(
            ClusterQuery system,
            SortedMap<String, ClusterQuery> accounts,
            Patience patience,
            InstantSource clock,
            boolean digests) {
        this.system = system;
        this.accounts = new TreeMap<>(accounts);
        this.patience = patience;
        this.clock = clock;
        this.digests = digests;
    }

    /**
     * One that does not ask which configuration a server runs. From 2.11 on that is a request more to each server, with a
     * long answer, and who looks again and again for something else need not wait for it.
     */
    public Observer withoutDigests() {
        return new Observer(system, accounts, patience, clock, false);
    }

    /** Observes the cluster that the topology names, or that the connection is at. */
    public ClusterSnapshot observe(Expected expected) throws QueryFault {
        var gaps = new Gaps();
        List<ServerAnswer> answered = new RollCall(system, patience).take(expected, gaps);
        if (answered.isEmpty()) {
            throw nobody();
        }
        String cluster = cluster(answered, expected);
        String domain = domain(answered, cluster);
        var streams = new StreamBook();
        var reader = new JetStreamReader(system, patience, clock, digests);
        List<JetStreamReader.Seen> seen = reader.readAll(answered, cluster, domain, streams, gaps).stream()
                .filter(s -> !system.gone(s.server().id()))
                .toList();
        MetaGroup meta = MetaReader.group(seen, domain);
        boolean led = !meta.now().claims().isEmpty();
        AccountLists.Look look = new AccountLists(accounts, patience, led).read(streams, gaps, () -> {
            var again = new StreamBook();
            reader.readAll(answered, cluster, domain, again, gaps);
            return again;
        });
        gaps.addAll(look.copies().gaps());
        var servers = new ArrayList<ServerState>();
        seen.forEach(s -> servers.add(s.state(expected, gaps)));
        servers.addAll(apart(answered, expected, gaps));
        return new ClusterSnapshot(cluster, domain, servers, meta, look.copies().states(look.listed()), gaps.all());
    }

    /**
     * Servers that greet at the addresses of the login, and are not reached through the cluster: another cluster, or a
     * part of this one that is cut off. They said neither when they started nor anything of JetStream.
     */
    private List<ServerState> apart(List<ServerAnswer> answered, Expected expected, Gaps gaps) {
        var ids = new TreeSet<String>();
        answered.forEach(a -> ids.add(a.id()));
        var apart = new ArrayList<ServerState>();
        for (ClusterQuery.Doorkeeper door : system.doorkeepers()) {
            if (!door.id().isEmpty() && ids.add(door.id())) {
                var name = new ServerName(door.name().isEmpty() ? door.id() : door.name());
                var answer =
                        new ServerAnswer(door.id(), name, door.version(), door.cluster(), null, List.of(), false, null);
                gaps.add(
                        "server " + name,
                        "it takes connections and says it is of cluster " + Quote.of(door.cluster())
                                + ", but is not reached through the cluster that was asked");
                apart.add(new JetStreamReader.Seen(answer, null, null).state(expected, gaps));
            }
        }
        return apart;
    }

    private QueryFault nobody() throws QueryFault {
        ClusterQuery.Reply reply = system.ask("$SYS.REQ.USER.INFO", "", patience.answer());
        Optional<String> account = reply instanceof ClusterQuery.Reply.Answer answer
                ? ServerAnswer.tree(answer.text())
                        .map(t -> t.path("data").path("account").asText(""))
                : Optional.empty();
        String whose = account.filter(a -> !a.isEmpty())
                .map(a -> "The login is to the account " + Quote.of(a) + ", where no server answers such requests.")
                .orElse("No server answers: the login is not to the system account, or may not publish there.");
        return new QueryFault(
                QueryFault.Reason.LOGIN, whose + " Looking at a cluster takes a login to its system account.");
    }

    private String cluster(List<ServerAnswer> answered, Expected expected) {
        String wanted = expected.cluster();
        if (wanted != null && answered.stream().anyMatch(a -> a.cluster().equals(wanted))) {
            return wanted;
        }
        String here = system.serverId();
        return answered.stream()
                .filter(a -> a.id().equals(here))
                .findFirst()
                .orElse(answered.get(0))
                .cluster();
    }

    private static @Nullable String domain(List<ServerAnswer> answered, String cluster) {
        var domains = new TreeSet<String>();
        answered.stream()
                .filter(a -> a.cluster().equals(cluster) && a.domain() != null)
                .forEach(a -> domains.add(String.valueOf(a.domain())));
        return domains.isEmpty() ? null : domains.first();
    }

    /** Gaps as they are found, by several threads. */
    static final class Gaps {
        private final List<Gap> found = new ArrayList<>();

        synchronized void add(String subject, String reason) {
            found.add(new Gap(subject, reason));
        }

        synchronized void addAll(List<Gap> gaps) {
            found.addAll(gaps);
        }

        synchronized List<Gap> all() {
            return List.copyOf(found);
        }
    }

    /**
     * The first answer of each server to a ping. It never ends with the last expected one: servers that nobody expects,
     * an arbiter, another cluster or a second process of one name, are what a census is for. Only a server that is in
     * no cluster and knows of no other is not waited beside.
     */
    private record RollCall(ClusterQuery system, Patience patience) {
        List<ServerAnswer> take(Expected expected, Gaps gaps) throws QueryFault {
            List<String> answers = system.askAll(
                    "$SYS.REQ.SERVER.PING",
                    "",
                    patience.quiet(),
                    patience.census(),
                    a -> expected.sites().size() < 2 && ServerAnswer.alone(a));
            var missing = new TreeSet<ServerName>(expected.sites().keySet());
            var byId = new TreeMap<String, ServerAnswer>();
            for (String text : answers) {
                Optional<ServerAnswer> answer = ServerAnswer.read(text);
                if (answer.isEmpty()) {
                    gaps.add("census", "somebody answered with something that no nats-server says");
                }
                answer.ifPresent(a -> byId.putIfAbsent(a.id(), a));
            }
            byId.values().forEach(a -> missing.remove(a.name()));
            if (!byId.isEmpty()) {
                missing.forEach(m -> gaps.add("server " + m, "did not answer"));
            }
            return List.copyOf(byId.values());
        }
    }
}
