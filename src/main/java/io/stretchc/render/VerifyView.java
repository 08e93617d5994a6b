package io.stretchc.render;

import io.stretchc.invariant.Finding;
import io.stretchc.invariant.Verdict;
import java.util.List;

/**
 * The findings of a verification.
 *
 * @param findings the broken ones first
 */
public record VerifyView(String cluster, List<Finding> findings) {
    public VerifyView {
        findings = findings.stream().sorted().toList();
    }

    /** How many findings have this verdict. */
    public long count(Verdict verdict) {
        return findings.stream().filter(f -> f.verdict() == verdict).count();
    }

    /** How many invariants have a finding of this verdict. */
    public long invariants(Verdict verdict) {
        return findings.stream()
                .filter(f -> f.verdict() == verdict)
                .map(Finding::invariant)
                .distinct()
                .count();
    }
}
