package io.stretchc.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan. When what must hold after it holds already, there is nothing to do, so that every step can be
 * repeated. A step of which nothing must hold after it leaves nothing to see in the cluster, such as a person's word: it is
 * never skipped for what is seen.
 *
 * @param before what must hold right before the call
 * @param after what must hold in the end, seen in the cluster and not taken from a reply
 * @param within how long that may take; whole seconds
 * @param undo how to take it back; none when it cannot be
 * @param reason why the step is there, and there
 */
public record Step(
        StepId id,
        Action action,
        List<Condition> before,
        List<Condition> after,
        Duration within,
        Risk risk,
        @Nullable String undo,
        ByHand byHand,
        String reason) {
    public Step {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
