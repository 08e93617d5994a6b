package io.stretchc.diag;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Collects the findings of one document; nothing stops at the first. */
public final class Diagnostics {
    private final SpanMap spans;
    private final Predicate<Path> settled;
    private final List<Diagnostic> found = new ArrayList<>();

    public Diagnostics(SpanMap spans) {
        this(spans, p -> false);
    }

    /**
     * A collector that leaves out what stands at a value of which enough was said.
     *
     * @param settled whether a finding at this path is left out
     */
    public Diagnostics(SpanMap spans, Predicate<Path> settled) {
        this.spans = spans;
        this.settled = settled;
    }

    /** Adds a finding at a path with the code's own severity. */
    public void add(Code code, Path at, String message, String fix, Link... links) {
        if (settled.test(at)) {
            return;
        }
        var related = new ArrayList<Diagnostic.Related>();
        for (Link link : links) {
            related.add(new Diagnostic.Related(spans.file(), spans.span(link.at()), link.message()));
        }
        found.add(new Diagnostic(code, code.severity(), spans.file(), spans.span(at), message, fix, related));
    }

    /** All findings so far, in order, each once. */
    public List<Diagnostic> sorted() {
        return found.stream().sorted().distinct().toList();
    }

    /** A related place, named by its path. */
    public record Link(Path at, String message) {}
}
