package io.stretchc.invariant;

import java.util.ArrayList;
import java.util.List;

/** Findings about one invariant as they are made. What nothing speaks against holds. */
final class Findings {
    private final Invariant invariant;
    private final List<Finding> found = new ArrayList<>();
    private String ground = "";

    Findings(Invariant invariant) {
        this.invariant = invariant;
    }

    void broken(String subject, String evidence) {
        found.add(new Finding(invariant, subject, Verdict.BROKEN, evidence));
    }

    void unknown(String subject, String evidence) {
        found.add(new Finding(invariant, subject, Verdict.UNKNOWN, evidence));
    }

    /** What was looked at, a sentence for the case that all of it is well. */
    void ground(String text) {
        ground = text;
    }

    List<Finding> all() {
        return found.isEmpty() ? List.of(new Finding(invariant, "cluster", Verdict.HOLDS, ground)) : found;
    }
}
