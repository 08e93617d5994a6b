package io.stretchc.simulate;

import io.stretchc.plan.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An interruption after any step, followed by the whole plan again, ends where the plan ends without one. Of the steps
 * that were done before, one that is refused now is passed over, as the journal has it; not so the last of them, which may
 * have been done without the journal knowing. Who leads is left out: elections are random on every version.
 */
final class SameEndLaw {
    private SameEndLaw() {}

    static List<Violation> check(Trace trace) {
        var found = new ArrayList<Violation>();
        if (trace.failed() != null) {
            return found;
        }
        World end = withoutLeaders(trace.end());
        for (int done = 1; done <= trace.done(); done++) {
            World world = trace.worlds().get(done);
            boolean back = false;
            for (int step = 0; step < trace.done() && !back; step++) {
                Action action = trace.plan().get(step);
                Outcome outcome = Effects.of(action, world);
                if (outcome.fine()) {
                    world = outcome.world();
                } else if (step >= done - 1) {
                    found.add(new Violation(
                            done - 1,
                            Law.SAME_END,
                            "after an interruption behind "
                                    + Words.of(trace.plan().get(done - 1)) + ", " + Words.of(action) + " fails: "
                                    + Reasons.of(outcome)));
                    return found;
                }
                back = step == done - 1 && world.equals(trace.worlds().get(done));
            }
            if (!back && !withoutLeaders(world).equals(end)) {
                found.add(new Violation(
                        done - 1,
                        Law.SAME_END,
                        "after an interruption behind " + Words.of(trace.plan().get(done - 1))
                                + " the plan ends in another state"));
                return found;
            }
        }
        return found;
    }

    private static World withoutLeaders(World world) {
        var streams = new TreeMap<StreamGroup.Id, StreamGroup>();
        world.streams().forEach((id, s) -> streams.put(id, s.led(null)));
        Meta m = world.meta();
        var running = new TreeSet<>(m.informed());
        running.retainAll(world.here());
        return world.with(streams).with(new Meta(m.peers(), m.size(), running, m.rescue(), false, null));
    }
}
