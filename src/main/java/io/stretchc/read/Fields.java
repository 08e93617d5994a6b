package io.stretchc.read;

import io.stretchc.diag.Path;
import io.stretchc.syntax.ScalarKind;
import io.stretchc.syntax.SourceNode;
import io.stretchc.syntax.SourceNode.Entry;
import io.stretchc.syntax.SourceNode.Mapping;
import io.stretchc.syntax.SourceNode.Scalar;
import io.stretchc.syntax.SourceNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one mapping, read without complaint: a value of the wrong kind counts as not given, and so does a text
 * that is longer than the schema allows any to be.
 */
final class Fields {
    private static final int LONGEST = 4096;

    private final Map<String, SourceNode> values;
    private final Path path;

    Fields(@Nullable SourceNode node, Path path) {
        var map = new LinkedHashMap<String, SourceNode>();
        if (node instanceof Mapping mapping) {
            for (Entry e : mapping.entries()) {
                map.put(e.key().text(), e.value());
            }
        }
        this.values = map;
        this.path = path;
    }

    Path path() {
        return path;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    @Nullable
    SourceNode node(String key) {
        return values.get(key);
    }

    Map<String, SourceNode> all() {
        return values;
    }

    @Nullable
    String text(String key) {
        return values.get(key) instanceof Scalar s && !(s.plain() && s.text().isEmpty()) && readable(s)
                ? s.text()
                : null;
    }

    String text(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    <T> @Nullable T text(String key, Function<String, T> made) {
        String text = text(key);
        return text == null ? null : made.apply(text);
    }

    <T> @Nullable T parsed(String key, Function<String, Optional<T>> parser) {
        String text = text(key);
        return text == null ? null : parser.apply(text).orElse(null);
    }

    @Nullable
    Boolean truth(String key) {
        boolean written = values.get(key) instanceof Scalar s && s.kind() == ScalarKind.BOOLEAN;
        return written ? (Boolean) "true".equals(text(key)) : null;
    }

    boolean truth(String key, boolean otherwise) {
        Boolean truth = truth(key);
        return truth == null ? otherwise : truth;
    }

    @Nullable
    Long number(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Nullable
    Integer integer(String key) {
        Long number = number(key);
        return number == null || number != number.intValue() ? null : number.intValue();
    }

    int integer(String key, int otherwise) {
        Integer number = integer(key);
        return number == null ? otherwise : number;
    }

    Fields under(String key) {
        return new Fields(values.get(key), path.child(key));
    }

    <T> @Nullable T block(String key, Function<Fields, T> reader) {
        return values.get(key) instanceof Mapping ? reader.apply(under(key)) : null;
    }

    List<String> texts(String key) {
        return list(key, (node, at) -> node instanceof Scalar s && readable(s) ? s.text() : "");
    }

    private static boolean readable(Scalar scalar) {
        return scalar.text().length() <= LONGEST;
    }

    <T> List<T> blocks(String key, Function<Fields, T> reader) {
        return list(key, (node, at) -> reader.apply(new Fields(node, at)));
    }

    private <T> List<T> list(String key, BiFunction<SourceNode, Path, T> reader) {
        var result = new ArrayList<T>();
        if (values.get(key) instanceof Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                result.add(reader.apply(sequence.items().get(i), path.child(key).at(i)));
            }
        }
        return result;
    }
}
