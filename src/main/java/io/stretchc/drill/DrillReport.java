package io.stretchc.drill;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A drill, told.
 *
 * @param scenario recover or bridge
 * @param version of the servers
 * @param technique how the meta group got its quorum; empty when no plan was made
 * @param lost the site that was killed
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
        String lost,
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

    /** How often a plan of this scenario was applied until it was through; once, unless it was stale or stopped. */
    public int tries(String planned) {
        return (int)
                stages.stream().filter(s -> s.name().equals("apply " + planned)).count();
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
