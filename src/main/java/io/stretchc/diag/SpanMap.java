package io.stretchc.diag;

/** Positions of a document's values. A path that is not in the document maps to its nearest ancestor that is. */
public interface SpanMap {
    /** Name of the file as the user gave it. */
    String file();

    /** Where the value, or with {@link Path#key} its key, stands. */
    Span span(Path path);
}
