package io.stretchc.syntax;

import io.stretchc.diag.Path;
import io.stretchc.diag.Span;
import io.stretchc.diag.SpanMap;
import io.stretchc.syntax.SourceNode.Entry;
import io.stretchc.syntax.SourceNode.Mapping;
import io.stretchc.syntax.SourceNode.Sequence;

/** A parsed file. Positions are found by walking the tree, so that a document without findings pays nothing. */
public record SourceDocument(String file, SourceNode root) implements SpanMap {
    @Override
    public Span span(Path path) {
        SourceNode node = root;
        Span last = root instanceof Mapping ? Span.START : root.span();
        for (String segment : path.segments()) {
            Step step = step(node, segment);
            if (step == null) {
                return last;
            }
            node = step.value;
            last = step.shown;
        }
        return path.ofKey() || path.parent() == null || node == root ? last : valueSpan(node, last);
    }

    /** A scalar is shown itself; a mapping or sequence by what introduces it, since it may be many lines long. */
    private static Span valueSpan(SourceNode node, Span introducedBy) {
        return node instanceof SourceNode.Scalar s && !s.text().isEmpty() ? s.span() : introducedBy;
    }

    private record Step(SourceNode value, Span shown) {}

    private static @org.jspecify.annotations.Nullable Step step(SourceNode node, String segment) {
        if (node instanceof Mapping mapping) {
            Entry entry = mapping.entry(segment);
            return entry == null ? null : new Step(entry.value(), entry.key().span());
        }
        if (node instanceof Sequence sequence
                && segment.length() < 8
                && segment.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int index = Integer.parseInt(segment);
            if (index < sequence.items().size()) {
                SourceNode item = sequence.items().get(index);
                return new Step(item, firstLine(item));
            }
        }
        return null;
    }

    private static Span firstLine(SourceNode item) {
        if (item instanceof Mapping m && !m.entries().isEmpty()) {
            Entry first = m.entries().get(0);
            return first.key()
                    .span()
                    .to(
                            first.value() instanceof SourceNode.Scalar s
                                    ? s.span()
                                    : first.key().span());
        }
        return item.span();
    }
}
