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
import io.stretchc.topology.ServerVersion;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts leaders where they hurt most, and sees when they are gone. From 2.11 on a leader can be told who is to follow it;
 * up to 2.10 it steps down until it is the right one, within bounds.
 */
final class DrillLeaders {
    /** Loopback answers in a moment. */
    private static final Patience LOCAL = new Patience(
            Duration.ofMillis(250), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(5), 4);

    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final int TRIES = 40;
    private static final long BETWEEN_MILLIS = 700;

    private final Logins logins;
    private final List<ServerName> site;
    private final boolean told;

    DrillLeaders(LabState lab, List<ServerName> site, ServerVersion version) {
        this.logins = Labs.logins(lab, lab.backbone());
        this.site = List.copyOf(site);
        this.told = version.atLeast(2, 11, 0);
    }

    /** One look at the cluster. */
    ClusterSnapshot look() throws QueryFault {
        try (var live = LiveCluster.connect(logins)) {
            return live.observe(Expected.NOTHING, LOCAL);
        }
    }

    /** Moves the leaders into the site; what could not be moved, as words. */
    List<String> gather() throws DrillFault {
        List<String> wanting = List.of("the cluster, which cannot be reached");
        for (int i = 0; i < TRIES; i++) {
            try {
                ClusterSnapshot seen = look();
                wanting = wanting(seen);
                if (wanting.isEmpty()) {
                    return wanting;
                }
                push(seen);
            } catch (QueryFault e) {
                DrillShell.pause(BETWEEN_MILLIS);
            }
            DrillShell.pause(BETWEEN_MILLIS);
        }
        return wanting;
    }

    private List<String> wanting(ClusterSnapshot seen) {
        var wanting = new java.util.ArrayList<String>();
        if (!here(seen.meta().now().leader())) {
            wanting.add("the meta leader");
        }
        for (StreamState stream : seen.streams()) {
            if (couldBeHere(stream) && !here(stream.now().leader())) {
                wanting.add("the leader of " + stream.name());
            }
        }
        return wanting;
    }

    private boolean here(@Nullable ServerName leader) {
        return leader != null && site.contains(leader);
    }

    private boolean couldBeHere(StreamState stream) {
        return stream.members().stream().anyMatch(m -> m.healthy() && here(m.name()));
    }

    private void push(ClusterSnapshot seen) throws QueryFault {
        if (!here(seen.meta().now().leader())) {
            ask(logins.system(), "$JS.API.META.LEADER.STEPDOWN", site.get(0));
            return; // one after the other: a move of a stream's leader needs no meta leader, but a look does
        }
        for (StreamState stream : seen.streams()) {
            Login login = logins.accounts().get(stream.account());
            if (login != null && couldBeHere(stream) && !here(stream.now().leader())) {
                ServerName to = Objects.requireNonNull(stream.members().stream()
                        .filter(m -> m.healthy() && here(m.name()))
                        .findFirst()
                        .orElseThrow()
                        .name());
                ask(login, "$JS.API.STREAM.LEADER.STEPDOWN." + stream.name(), to);
            }
        }
    }

    private void ask(Login login, String subject, ServerName to) throws QueryFault {
        try (ClusterQuery query = JnatsQuery.connect(login)) {
            query.ask(subject, told ? "{\"placement\":{\"preferred\":\"" + to + "\"}}" : "", ANSWER);
        }
    }

    /** Whether nobody of the site answers, and none of them is taken for a leader by itself. */
    boolean gone() {
        try {
            ClusterSnapshot seen = look();
            return site.stream().noneMatch(n -> seen.server(n).isPresent())
                    && !here(seen.meta().now().leader());
        } catch (QueryFault e) {
            return false;
        }
    }
}
