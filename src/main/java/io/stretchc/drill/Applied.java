package io.stretchc.drill;

import java.util.List;

/**
 * A plan that was carried out, as its journal tells.
 *
 * @param scenario word of the plan
 * @param millis from the first line to the end
 * @param addedMillis what of it was ours, and not the cluster's; -1 when the journal does not say
 * @param kills how often the run was killed
 * @param tries how often it was begun without being killed: 1, unless a run stopped part-way or its plan was stale and made
 *     again
 */
public record Applied(String scenario, long millis, long addedMillis, int kills, int tries, List<StepTime> steps) {
    public Applied {
        steps = List.copyOf(steps);
    }

    /**
     * A step.
     *
     * @param how called, held already, or done before by a run that was interrupted
     */
    public record StepTime(String step, long millis, String how) {}

    /** The same after so many tries. */
    public Applied tried(int times) {
        return new Applied(scenario, millis, addedMillis, kills, times, steps);
    }

    /** The same with how often it was killed; what its last run added says nothing of the others. */
    public Applied killed(int times) {
        return new Applied(scenario, millis, times == 0 ? addedMillis : -1, times, tries, steps);
    }
}
