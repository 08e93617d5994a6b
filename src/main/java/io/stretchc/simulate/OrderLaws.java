package io.stretchc.simulate;

import io.stretchc.plan.Action;
import io.stretchc.plan.Scenario;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Laws about which step may stand where. */
final class OrderLaws {
    private final Trace trace;
    private final List<Violation> found = new ArrayList<>();

    private OrderLaws(Trace trace) {
        this.trace = trace;
    }

    static List<Violation> check(Trace trace) {
        var laws = new OrderLaws(trace);
        laws.census();
        laws.attestation();
        laws.oneChange();
        laws.leaderOff();
        laws.replicas();
        laws.ours();
        return laws.found;
    }

    private void census() {
        boolean first = !trace.plan().isEmpty()
                && trace.plan().get(0) instanceof Action.TakeCensus census
                && (trace.lost() == null || census.lost().contains(trace.lost()));
        if (!first) {
            found.add(new Violation(
                    0,
                    Law.CENSUS,
                    trace.lost() == null
                            ? "the plan does not start with a census"
                            : "the plan does not start with a census that calls site " + trace.lost() + " lost"));
        }
    }

    private void attestation() {
        for (int step = 0; step < trace.tried(); step++) {
            World world = trace.before(step);
            Action action = trace.plan().get(step);
            SiteName site = trace.lost() != null ? trace.lost() : away(action, world);
            if (site != null && !world.attested().contains(site) && forces(action, world)) {
                found.add(new Violation(
                        step,
                        Law.ATTESTATION,
                        "nobody said that site " + site + " is gone, and " + Words.of(action)
                                + " takes it for granted: were it only cut off, both sides would go on"));
            }
        }
    }

    private static @Nullable SiteName away(Action action, World world) {
        if (action instanceof Action.RemovePeer removal) {
            Node node = world.nodes().get(removal.server());
            SiteName site = node == null ? null : node.site();
            return site != null && world.cuts().containsKey(site) ? site : null;
        }
        boolean rescue = action instanceof Action.RescueQuorum;
        return rescue && !world.cuts().isEmpty() ? world.cuts().firstKey() : null;
    }

    private static boolean forces(Action action, World world) {
        if (action instanceof Action.StartServer start) {
            return start.role() == Role.ARBITER
                    || start.role() == Role.STAND_IN
                    || (start.blank() && world.meta().leader() == null);
        }
        if (action instanceof Action.MoveStream move) {
            StreamGroup stream = world.streams().get(new StreamGroup.Id(move.account(), move.stream()));
            return stream != null && !Elections.streamElects(stream, world.here());
        }
        return action instanceof Action.RescueQuorum
                || action instanceof Action.RemovePeer
                || action instanceof Action.RecreateStream
                || action instanceof Action.RestoreStream;
    }

    private void oneChange() {
        var moving = new TreeSet<StreamGroup.Id>();
        var half = new TreeSet<StreamGroup.Id>(); // changed, current, and with a dead member that goes next
        boolean electing = false;
        for (int step = 0; step < trace.tried(); step++) {
            Action action = trace.plan().get(step);
            World world = trace.before(step);
            if (action instanceof Action.AwaitStream await) {
                var id = new StreamGroup.Id(await.account(), await.stream());
                if (await.away() > dead(id, world)) {
                    unconfirmed(step, action, "it leaves out members that run, or are not there");
                } else if (await.away() > 0 && moving.contains(id)) {
                    half.add(id);
                } else if (await.away() == 0) {
                    half.remove(id);
                    moving.remove(id);
                }
            } else if (action instanceof Action.AwaitMetaLeader || action instanceof Action.AwaitMembers) {
                electing = false;
            } else if (action instanceof Action.RemoveStreamPeer removal) {
                var id = new StreamGroup.Id(removal.account(), removal.stream());
                if (!moving.add(id) && !half.remove(id)) {
                    unconfirmed(step, action, "its last change was not waited for");
                }
            } else if (action instanceof Action.MoveStream move) {
                var id = new StreamGroup.Id(move.account(), move.stream());
                if (!moving.add(id)) {
                    unconfirmed(step, action, "its last move was not waited for");
                }
                if (electing) {
                    unconfirmed(step, action, "nobody looked whether the meta group has a leader");
                }
            } else if (changesMembers(action)) {
                var open = new TreeSet<>(moving);
                open.removeIf(id -> half.contains(id) && leavesBy(action, id, world));
                if (!open.isEmpty()) {
                    unconfirmed(step, action, "the move of " + open.first() + " was not waited for");
                }
                boolean votes = action instanceof Action.StartServer || action instanceof Action.RescueQuorum;
                if (electing && !votes) {
                    unconfirmed(step, action, "nobody looked whether the meta group has a leader");
                }
                electing |= votes && world.meta().leader() == null;
            }
        }
        if (trace.failed() == null && electing) {
            found.add(new Violation(
                    trace.done(), Law.ONE_CHANGE, "the plan ends without a look for the leader of the meta group"));
        }
        if (trace.failed() == null && !moving.isEmpty()) {
            found.add(new Violation(
                    trace.done(),
                    Law.ONE_CHANGE,
                    "the plan ends before the move of " + moving.first() + " is confirmed"));
        }
    }

    /** Members of a stream that do not run. */
    private static long dead(StreamGroup.Id id, World world) {
        StreamGroup stream = world.streams().get(id);
        return stream == null
                ? 0
                : stream.copies().keySet().stream()
                        .filter(n -> !world.here().contains(n))
                        .count();
    }

    /** A peer that no stream can be asked to let go of by its id leaves it by its removal from the meta group (2.10.27). */
    private static boolean leavesBy(Action action, StreamGroup.Id id, World world) {
        StreamGroup stream = world.streams().get(id);
        return action instanceof Action.RemovePeerId removal
                && stream != null
                && stream.copies().containsKey(Peers.named(world, removal.peer()));
    }

    private static boolean changesMembers(Action action) {
        return action instanceof Action.StartServer
                || action instanceof Action.StopServer
                || action instanceof Action.RescueQuorum
                || action instanceof Action.RetagServer
                || action instanceof Action.RemovePeer
                || action instanceof Action.RemovePeerId
                || action instanceof Action.RestartServer;
    }

    private void unconfirmed(int step, Action action, String why) {
        found.add(new Violation(step, Law.ONE_CHANGE, Words.of(action) + " comes too early: " + why));
    }

    private void leaderOff() {
        List<ServerName> leads = List.of();
        for (int step = 0; step < trace.tried(); step++) {
            Action action = trace.plan().get(step);
            World world = trace.before(step);
            if (action instanceof Action.MoveMetaLeader move) {
                leads = move.preferred();
            }
            ServerName going = action instanceof Action.RemovePeer removal
                    ? removal.server()
                    : action instanceof Action.StopServer stop ? stop.server() : null;
            boolean member = going != null
                    && world.here().contains(going)
                    && world.meta().peers().contains(going);
            if (going != null && member && (leads.isEmpty() || leads.contains(going))) {
                found.add(new Violation(
                        step,
                        Law.LEADER_OFF,
                        Words.of(action) + " may hit the leader of the meta group: nothing moved it to others before"));
            }
        }
    }

    private void ours() {
        if (trace.lost() != null) {
            return;
        }
        for (int step = 0; step < trace.tried(); step++) {
            Action action = trace.plan().get(step);
            World world = trace.before(step);
            ServerName going = action instanceof Action.RemovePeer removal
                    ? removal.server()
                    : action instanceof Action.RemovePeerId removal ? Peers.named(world, removal.peer()) : null;
            Node node = going == null ? null : world.nodes().get(going);
            boolean replaced = trace.scenario() instanceof Scenario.Replace replace
                    && replace.server().equals(going);
            if (node != null && node.role() == Role.SERVER && node.site() != null && !replaced) {
                found.add(
                        new Violation(step, Law.NOT_OURS, Words.of(action) + " evicts a server that the topology has"));
            }
        }
    }

    private void replicas() {
        for (int step = 0; step < trace.tried(); step++) {
            if (trace.plan().get(step) instanceof Action.AwaitStream await) {
                StreamGroup stream =
                        trace.before(step).streams().get(new StreamGroup.Id(await.account(), await.stream()));
                if (stream != null && await.replicas() > stream.replicas()) {
                    found.add(new Violation(
                            step,
                            Law.MOVE_ONLY,
                            stream.id() + " has " + stream.replicas() + " replicas, and " + await.replicas()
                                    + " are waited for: that would take scaling it"));
                }
            }
        }
    }
}
