package io.stretchc.cli;

import io.stretchc.lab.LabState;
import io.stretchc.nats.JnatsQuery;
import io.stretchc.nats.Login;
import io.stretchc.nats.Logins;
import io.stretchc.observe.ClusterQuery;
import io.stretchc.observe.Expected;
import io.stretchc.observe.Patience;
import io.stretchc.observe.QueryFault;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import java.time.Duration;
import java.util.function.Predicate;

/** Takes members out of groups, as a person does by hand, and sees that it is so. */
final class DrillMembers {
    private static final Patience LOCAL = new Patience(
            Duration.ofMillis(250), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(5), 4);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final int TRIES = 90;
    private static final long BETWEEN_MILLIS = 500;

    private final Logins logins;

    DrillMembers(LabState lab) {
        this.logins = Labs.logins(lab, lab.backbone());
    }

    /** Removes a server from the meta group. */
    void remove(ServerName server) throws DrillFault {
        await(
                "the removal of " + server,
                seen -> seen.meta().now().leader() != null && !member(seen, server),
                seen -> ask(logins.system(), "$JS.API.SERVER.REMOVE", server));
    }

    /** Waits until the meta leader lists a server as current. */
    void joined(ServerName server) throws DrillFault {
        await(
                server + " as a member",
                seen -> seen.meta().members().stream().anyMatch(m -> server.equals(m.name()) && m.healthy()),
                seen -> {});
    }

    /**
     * Waits until every stream has a leader and all its members, this one aside, are current: a member that still fetches
     * its copy leaves no server to spare.
     */
    void settled(ServerName away) throws DrillFault {
        await(
                "streams at rest without " + away,
                seen -> seen.streams().stream()
                        .allMatch(s -> s.now().leader() != null
                                && s.members().stream().allMatch(m -> m.peer().equals(away.peerId()) || m.healthy())),
                seen -> {});
    }

    /** Takes a server out of every stream that counts on it; the other takes its place. */
    void handOver(ServerName from, ServerName to) throws DrillFault {
        await(
                "the streams of " + from + " on " + to,
                seen -> seen.streams().stream().noneMatch(s -> on(s, from))
                        && seen.streams().stream().anyMatch(s -> on(s, to))
                        && seen.streams().stream()
                                .allMatch(s -> s.members().stream().allMatch(m -> m.healthy())),
                seen -> {
                    for (StreamState stream : seen.streams()) {
                        Login login = logins.accounts().get(stream.account());
                        if (login != null && on(stream, from) && stream.now().leader() != null) {
                            ask(login, "$JS.API.STREAM.PEER.REMOVE." + stream.name(), from);
                        }
                    }
                });
    }

    private static boolean on(StreamState stream, ServerName server) {
        return stream.members().stream().anyMatch(m -> server.equals(m.name()));
    }

    private static boolean member(ClusterSnapshot seen, ServerName server) {
        return seen.meta().members().stream().anyMatch(m -> m.peer().equals(server.peerId()));
    }

    private interface Doing {
        void act(ClusterSnapshot seen) throws QueryFault;
    }

    private void await(String what, Predicate<ClusterSnapshot> reached, Doing doing) throws DrillFault {
        for (int i = 0; i < TRIES; i++) {
            try (var live = LiveCluster.connect(logins)) {
                ClusterSnapshot seen = live.observe(Expected.NOTHING, LOCAL);
                if (reached.test(seen)) {
                    return;
                }
                doing.act(seen);
            } catch (QueryFault e) {
                DrillShell.pause(BETWEEN_MILLIS);
            }
            DrillShell.pause(BETWEEN_MILLIS);
        }
        throw new DrillFault("This was not seen in time: " + what + ".");
    }

    private static void ask(Login login, String subject, ServerName peer) throws QueryFault {
        try (ClusterQuery query = JnatsQuery.connect(login)) {
            query.ask(subject, "{\"peer\":\"" + peer + "\"}", ANSWER);
        }
    }
}
