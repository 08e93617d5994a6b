package io.stretchc.simulate;

import io.stretchc.plan.Action;
import io.stretchc.plan.Scenario;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import java.util.List;
import java.util.Optional;

/**
 * Leaders move last. Getting the meta leader off an arbiter or stand-in is no homecoming: it must happen before that one
 * goes. Looks at the whole plan, since here the steps of one stream matter to another.
 */
final class LeadersLast {
    private LeadersLast() {}

    static Optional<Violation> check(Trace trace, Shapes shapes, List<Action> plan) {
        int carriedOut = trace.done() < shapes.steps().size() ? shapes.steps().get(trace.done()) : plan.size();
        int kept = 0;
        int moved = -1;
        for (int step = 0; step < carriedOut; step++) {
            Action action = plan.get(step);
            boolean disturbs = action instanceof Action.MoveStream
                    || action instanceof Action.RecreateStream
                    || action instanceof Action.RemoveStreamPeer
                    || action instanceof Action.RestoreStream
                    || action instanceof Action.RemovePeer;
            if (disturbs && moved >= 0) {
                return Optional.of(new Violation(
                        step,
                        Law.LEADERS_LAST,
                        Words.of(action) + " comes after " + Words.of(plan.get(moved)) + ", and may undo it"));
            }
            boolean home = action instanceof Action.MoveMetaLeader move
                    && !hasGuests(trace.before(kept), trace.scenario() instanceof Scenario.Purge)
                    && !admits(move, trace.before(kept));
            if (action instanceof Action.MoveStreamLeader || home) {
                moved = step;
            }
            if (kept < shapes.steps().size() && shapes.steps().get(kept) == step) {
                kept++;
            }
        }
        return Optional.empty();
    }

    /** A restarted follower is made the leader so that it admits who was removed: that is no homecoming either. */
    private static boolean admits(Action.MoveMetaLeader move, World world) {
        return !world.removed().isEmpty() && world.forgetful().containsAll(move.preferred());
    }

    /** A purge withdraws replacements as well, whose originals are back beside them. */
    private static boolean hasGuests(World world, boolean purge) {
        for (ServerName peer : world.meta().peers()) {
            Node node = world.nodes().get(peer);
            if (node == null) {
                continue;
            }
            if (node.role() == Role.ARBITER
                    || node.role() == Role.STAND_IN
                    || (purge && node.role() == Role.REPLACEMENT)) {
                return true;
            }
        }
        return false;
    }
}
