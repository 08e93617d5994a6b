package io.stretchc.drill;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A drill, told.
 *
 * @param scenario its word, such as recover
 * @param version of the servers
 * @param technique how the meta group got its quorum; empty when no plan was made
 * @param about what the scenario was about, such as {@code without us}
 * @param began wall time of the load's beginning, as RFC 3339
 * @param killApply whether {@code apply} was killed at every step
 * @param rate messages a second
 * @param faults what went wrong, sentences; empty when all went as it must
 */
public record DrillReport(
        String scenario,
        String cluster,
        String version,
        String technique,
        String about,
        String began,
        boolean killApply,
        int rate,
        Outcome outcome,
        List<String> faults,
        List<Mark> marks,
        List<Stage> stages,
        List<StreamView> streams,
        @Nullable Rto rto,
        @Nullable Rpo rpo,
        List<Applied> applied) {
    public DrillReport {
        faults = List.copyOf(faults);
        marks = List.copyOf(marks);
        stages = List.copyOf(stages);
        streams = List.copyOf(streams);
        applied = List.copyOf(applied);
    }

    /** What came of a drill. */
    public enum Outcome {
        /** All went as it must. */
        PASSED,
        /** The version cannot bridge an absence, the plan was refused for that reason, and all else went as it must. */
        REFUSED_AS_IT_MUST,
        /** An invariant, or a promise to those who wrote, is broken. */
        BROKEN,
        /** A command did not do what it should. */
        STOPPED;

        /** Whether it went as it must. */
        public boolean good() {
            return this == PASSED || this == REFUSED_AS_IT_MUST;
        }

        /** It as words. */
        public String title() {
            return switch (this) {
                case PASSED -> "passed";
                case REFUSED_AS_IT_MUST -> "refused, as it must be";
                case BROKEN -> "broken";
                case STOPPED -> "stopped";
            };
        }
    }
}
