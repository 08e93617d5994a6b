package io.stretchc.plan;

import java.util.List;

/** What came of planning. */
public sealed interface PlanResult {
    /** A plan with steps. */
    record Planned(Plan plan) implements PlanResult {}

    /** No plan, for one or more reasons. */
    record Refused(List<Refusal> reasons) implements PlanResult {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /** The cluster is where the scenario would bring it; why, as a sentence. */
    record NothingToDo(String why) implements PlanResult {}
}
