package io.stretchc.simulate;

import java.util.List;

/**
 * What came of checking every prefix of a plan.
 *
 * @param violations sorted by step; none is the proof
 * @param prefixes how many were checked
 */
public record Proof(List<Violation> violations, int prefixes) {
    public Proof {
        violations = violations.stream().sorted().distinct().toList();
    }

    /** Whether the plan breaks no law. */
    public boolean holds() {
        return violations.isEmpty();
    }
}
