package io.stretchc.invariant;

import java.util.Comparator;

/**
 * A verdict with what it rests on.
 *
 * @param subject what it is about, such as {@code stream acc1/foo}; for an invariant that holds, the whole cluster
 * @param evidence a sentence with names and numbers
 */
public record Finding(Invariant invariant, String subject, Verdict verdict, String evidence)
        implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::verdict)
            .thenComparing(Finding::invariant)
            .thenComparing(Finding::subject)
            .thenComparing(Finding::evidence);

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
