package io.stretchc.diag;

/**
 * A range of a source text. Lines and columns count from 1, columns in Unicode code points; the end is exclusive.
 */
public record Span(int line, int column, int endLine, int endColumn) implements Comparable<Span> {
    /** Where a finding points that concerns the file as a whole. */
    public static final Span START = new Span(1, 1, 1, 1);

    /** The smallest span that holds both. */
    public Span to(Span other) {
        return new Span(line, column, other.endLine, other.endColumn);
    }

    @Override
    public int compareTo(Span other) {
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }
}
