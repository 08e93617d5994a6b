package io.stretchc.diag;

import java.util.ArrayList;
import java.util.List;

/** Collects the findings of one document; nothing stops at the first. */
public final class Diagnostics {
    private final SpanMap spans;
    private final List<Diagnostic> found = new ArrayList<>();

    public Diagnostics(SpanMap spans) {
        this.spans = spans;
    }

    /** Adds a finding at a path with the code's own severity. */
    public void add(Code code, Path at, String message, String fix, Link... links) {
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
