package io.stretchc.syntax;

import io.stretchc.diag.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of a YAML document with its position. Aliases are already followed and merges already made. */
public sealed interface SourceNode {
    /** Where the value stands; for a value reached by an alias, where it was written. */
    Span span();

    /** A mapping, its entries in the order of the text. */
    record Mapping(List<Entry> entries, Span span) implements SourceNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The entry with this key, if there is one. */
        public @Nullable Entry entry(String key) {
            for (Entry e : entries) {
                if (e.key().text().equals(key)) {
                    return e;
                }
            }
            return null;
        }
    }

    /** A sequence. */
    record Sequence(List<SourceNode> items, Span span) implements SourceNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A scalar: its text, and whether it was written without quotes and so may be a number, a boolean or null. */
    record Scalar(String text, boolean plain, Span span) implements SourceNode {
        /** What the scalar looks like under the core schema of YAML 1.2, cut down to what JSON knows. */
        public ScalarKind kind() {
            return plain ? ScalarKind.of(text) : ScalarKind.TEXT;
        }
    }

    /** A key with its value. */
    record Entry(Scalar key, SourceNode value) {}
}
