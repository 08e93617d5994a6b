package io.stretchc.plan;

import io.stretchc.topology.ServerVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done, in order, and what it costs. The same inputs give the same plan.
 *
 * @param cluster name on the wire
 * @param version the oldest that answers, for which the plan is made
 * @param topology that it was made from
 * @param snapshot fingerprint of the snapshot that it was made from: stable facts only
 * @param losses of every stream that the loss touches, by account and name
 * @param pointOfNoReturn the first step that cannot be taken back; none when all can
 * @param warnings what to know before approving it
 */
public record Plan(
        Scenario scenario,
        String cluster,
        ServerVersion version,
        Source topology,
        String snapshot,
        Strategy strategy,
        List<LossEntry> losses,
        @Nullable StepId pointOfNoReturn,
        List<String> warnings,
        List<Step> steps) {
    public Plan {
        losses = List.copyOf(losses);
        warnings = List.copyOf(warnings);
        steps = List.copyOf(steps);
    }

    /**
     * The topology that a plan was made from.
     *
     * @param file its name without directories; {@code -} for standard input
     * @param hash of its content, without comments and layout
     */
    public record Source(String file, String hash) {}
}
