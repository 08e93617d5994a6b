package io.stretchc.render;

import io.stretchc.plan.Plan;
import io.stretchc.plan.StepId;
import io.stretchc.plan.StepState;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A plan as it is shown.
 *
 * @param id hash of its content, which approvals are bound to
 * @param states of the steps in a run, by id; none when no run is to be shown. A step that is not in it is to do
 */
public record PlanView(Plan plan, String id, @Nullable SortedMap<StepId, StepState> states) {
    /** The plan alone, without a run. */
    public PlanView(Plan plan, String id) {
        this(plan, id, null);
    }

    /** The plan with how far a run of it has come. */
    public PlanView with(Map<StepId, StepState> run) {
        return new PlanView(plan, id, new TreeMap<>(run));
    }

    /** The first characters of the id, enough to compare by eye. */
    String shortId() {
        return id.substring(0, Math.min(id.length(), 19));
    }

    /** How far the step has come; none when no run is shown. */
    @Nullable
    StepState state(StepId step) {
        return states == null ? null : states.getOrDefault(step, StepState.TO_DO);
    }
}
