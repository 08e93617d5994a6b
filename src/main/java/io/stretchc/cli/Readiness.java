package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.LabState;
import io.stretchc.lab.Processes;
import io.stretchc.observe.Expected;
import io.stretchc.observe.Patience;
import io.stretchc.observe.QueryFault;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a cluster of a lab is ready: one meta leader, everybody who runs a current member of its group, every
 * stream with a leader and current replicas.
 */
final class Readiness {
    /** Loopback answers in a moment, and whoever does not is asked again. */
    private static final Patience LOCAL = new Patience(
            Duration.ofMillis(250), Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(8), 4);

    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final Duration STUCK = Duration.ofSeconds(12);

    private final Console console;
    private final Lab lab;
    private final Instant deadline;
    private final boolean mends;
    private Instant since = Instant.now();
    private String said = "";

    /**
     * A wait.
     *
     * @param mends whether a server that the leader does not list is started again: a group that forms while the machine
     *     is busy can come up without one of its servers, and stays so (seen on 2.10.27)
     */
    Readiness(Console console, Lab lab, Duration limit, boolean mends) {
        this.console = console;
        this.lab = lab;
        this.deadline = Instant.now().plus(limit);
        this.mends = mends;
    }

    /**
     * Waits for a cluster.
     *
     * @param started servers that must run, besides those that do
     * @return what was seen at last
     * @throws LabFault when a server ended, or time is up; says what is wanting
     */
    ClusterSnapshot await(LabState.Cluster cluster, List<LabServer> started) throws LabFault {
        return await(cluster, started, false);
    }

    /** Waits for some servers of a cluster, and for no others: others may be meant to be away. */
    ClusterSnapshot awaitOnly(LabState.Cluster cluster, List<LabServer> started) throws LabFault {
        return await(cluster, started, true);
    }

    private ClusterSnapshot await(LabState.Cluster cluster, List<LabServer> started, boolean only) throws LabFault {
        var needed = new LinkedHashSet<>(started);
        if (!only) {
            needed.addAll(Processes.of(lab.state().servers()).keySet());
        }
        List<LabServer> servers =
                needed.stream().filter(s -> s.cluster().equals(cluster.name())).toList();
        boolean mended = false;
        while (true) {
            Look look = look(cluster, servers);
            if (look.snapshot != null && look.wanting.isEmpty()) {
                return look.snapshot;
            }
            if (only && look.snapshot != null && tooFew(look.snapshot)) {
                console.err().println("  not waiting: too few servers run for a meta leader");
                return look.snapshot;
            }
            stillRunning(servers);
            if (mends && !mended && look.unlisted != null && since.plus(STUCK).isBefore(Instant.now())) {
                mend(servers, look.unlisted);
                mended = true;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new LabFault(
                        LabFault.Reason.UNREACHABLE,
                        "Cluster " + Quote.of(cluster.name()) + " is not ready in time: " + look.wanting
                                + " It runs on: `stretchc lab status` and `stretchc lab logs` say more, `stretchc lab"
                                + " down` ends it.");
            }
            pause();
        }
    }

    /** Whether more of the meta group is away than a leader can do without. */
    private static boolean tooFew(ClusterSnapshot seen) {
        return seen.meta().now().leader() == null
                && seen.meta().size() > 0
                && seen.members().size() < seen.meta().majority();
    }

    /**
     * One look.
     *
     * @param wanting what is not as it should be, a sentence; empty when all is
     * @param unlisted a server that runs and is no member of the meta group
     */
    private record Look(
            @Nullable ClusterSnapshot snapshot,
            String wanting,
            @Nullable ServerName unlisted) {}

    private Look look(LabState.Cluster cluster, List<LabServer> servers) {
        Look look;
        try (var live = LiveCluster.connect(Labs.logins(lab.state(), cluster))) {
            ClusterSnapshot seen = live.observe(expected(cluster, servers), LOCAL);
            look = wanting(seen, servers);
        } catch (QueryFault e) {
            look = new Look(null, "no server takes connections.", null);
        }
        if (!look.wanting.equals(said)) {
            said = look.wanting;
            since = Instant.now();
            if (!said.isEmpty()) {
                console.err().println("  waiting: " + said);
            }
        }
        return look;
    }

    private Expected expected(LabState.Cluster cluster, List<LabServer> servers) {
        var sites = new TreeMap<ServerName, SiteName>();
        servers.forEach(s -> sites.put(s.name(), s.site() == null ? new SiteName(cluster.name()) : s.site()));
        return new Expected(null, sites);
    }

    private static Look wanting(ClusterSnapshot seen, List<LabServer> servers) {
        List<ServerName> silent = servers.stream()
                .map(LabServer::name)
                .filter(n -> seen.server(n).isEmpty())
                .toList();
        if (!silent.isEmpty()) {
            return new Look(
                    seen, Quote.all(silent) + (silent.size() == 1 ? " does" : " do") + " not answer yet.", null);
        }
        if (seen.meta().now().leader() == null) {
            return new Look(seen, "there is no meta leader.", null);
        }
        for (ServerState server : seen.servers()) {
            if (server.jetstream() == ServerState.JetStream.DISABLED) {
                continue;
            }
            Optional<Member> member = seen.meta().members().stream()
                    .filter(m -> server.peer().equals(m.peer()))
                    .findFirst();
            boolean mine = servers.stream().anyMatch(s -> s.name().equals(server.name()));
            if (mine && member.isEmpty()) {
                return new Look(seen, Quote.of(server.name()) + " is no member of the meta group yet.", server.name());
            }
            if (mine && !member.get().healthy()) {
                return new Look(seen, Quote.of(server.name()) + " is not current in the meta group yet.", null);
            }
        }
        return new Look(seen, streams(seen, servers), null);
    }

    /** What is wanting of streams with a replica on these servers. */
    private static String streams(ClusterSnapshot seen, List<LabServer> servers) {
        List<ServerName> names = servers.stream().map(LabServer::name).toList();
        for (StreamState stream : seen.streams()) {
            if (stream.members().stream().noneMatch(m -> m.name() != null && names.contains(m.name()))) {
                continue;
            }
            String title = "stream " + Quote.of(stream.account() + "/" + stream.name());
            long alive = stream.members().stream()
                    .filter(m -> m.name() != null && seen.server(m.name()).isPresent())
                    .count();
            if (alive <= stream.members().size() / 2) {
                continue; // more of it is away than it can do without, and no waiting mends that
            }
            if (stream.now().leader() == null) {
                return title + " has no leader yet.";
            }
            List<String> behind = stream.members().stream()
                    .filter(m -> !m.healthy() && m.name() != null && names.contains(m.name()))
                    .map(Member::label)
                    .toList();
            if (!behind.isEmpty()) {
                return title + " is not current yet on " + Quote.all(behind) + ".";
            }
        }
        return "";
    }

    private void stillRunning(List<LabServer> servers) throws LabFault {
        var running = Processes.of(servers).keySet();
        for (LabServer server : servers) {
            if (!running.contains(server)) {
                List<String> log = Lab.log(server, 5);
                throw new LabFault(
                        LabFault.Reason.UNREACHABLE,
                        "Server " + Quote.of(server.name()) + " has ended. The last lines of its log:"
                                + String.join(
                                        "",
                                        log.stream()
                                                .map(l -> "\n  " + Quote.sentence(l))
                                                .toList()));
            }
        }
    }

    private void mend(List<LabServer> servers, ServerName unlisted) throws LabFault {
        console.err()
                .println("  the meta group came up without " + Quote.of(unlisted) + ", as happens when the machine is"
                        + " busy: starting it again");
        List<LabServer> one =
                servers.stream().filter(s -> s.name().equals(unlisted)).toList();
        lab.kill(one);
        lab.start(one);
    }

    static void pause() throws LabFault {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabFault(LabFault.Reason.UNREACHABLE, "Interrupted while waiting for the cluster.");
        }
    }
}
