package io.stretchc.diag;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from the root of a document to one of its values: keys and indices. Rules name a value by its path, and
 * {@link SpanMap} finds the position, so that the model itself carries none.
 */
public record Path(@Nullable Path parent, String segment, boolean ofKey) {
    /** The document itself. */
    public static final Path ROOT = new Path(null, "", false);

    /** The value under a key of this mapping. */
    public Path child(String key) {
        return new Path(this, key, false);
    }

    /** The value at an index, from 0, of this sequence. */
    public Path at(int index) {
        return new Path(this, Integer.toString(index), false);
    }

    /** The key of this value, instead of the value: what to underline when the key itself is at fault. */
    public Path key() {
        return new Path(parent, segment, true);
    }

    /** Segments from the root down. */
    public List<String> segments() {
        var result = new ArrayList<String>();
        for (Path p = this; p.parent != null; p = p.parent) {
            result.add(p.segment);
        }
        Collections.reverse(result);
        return result;
    }

    /** The path as a JSON pointer (RFC 6901). */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (String s : segments()) {
            text.append('/').append(s.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }
}
