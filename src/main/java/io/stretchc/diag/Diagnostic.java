package io.stretchc.diag;

import java.util.Comparator;
import java.util.List;

/**
 * One finding about an input: what is so (one sentence, with its numbers) and the way out. The order of diagnostics is
 * total: by file, position, code, then text.
 */
public record Diagnostic(
        Code code, Severity severity, String file, Span span, String message, String fix, List<Related> related)
        implements Comparable<Diagnostic> {
    private static final Comparator<Diagnostic> ORDER = Comparator.comparing(Diagnostic::file)
            .thenComparing(Diagnostic::span)
            .thenComparing(Diagnostic::code)
            .thenComparing(Diagnostic::message)
            .thenComparing(Diagnostic::fix);

    public Diagnostic {
        related = List.copyOf(related);
    }

    /** Another place that has a part in the finding, such as the first of two equal names. */
    public record Related(String file, Span span, String message) {}

    @Override
    public int compareTo(Diagnostic other) {
        return ORDER.compare(this, other);
    }

    /** The same finding with another weight. */
    public Diagnostic as(Severity other) {
        return new Diagnostic(code, other, file, span, message, fix, related);
    }
}
