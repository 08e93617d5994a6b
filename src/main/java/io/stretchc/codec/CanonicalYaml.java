package io.stretchc.codec;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.stretchc.diag.Quote;
import java.util.List;
import java.util.Map;

/**
 * Writes a tree of maps, lists, texts, numbers and booleans as YAML, always the same way: keys in the order of the map, two
 * blanks for each level, texts in double quotes as in JSON unless they are plain words. {@link CanonicalYamlReader} reads
 * exactly this.
 */
final class CanonicalYaml {
    private static final List<String> RESERVED = List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private static final int LONGEST_RESERVED = 5;
    private static final int FULL = 64 * 1024;

    private final StringBuilder out = new StringBuilder();
    private final Sink sink;

    private CanonicalYaml(Sink sink) {
        this.sink = sink;
    }

    /** Takes the text piece by piece. */
    interface Sink {
        void take(String piece);
    }

    static String of(Map<String, ?> tree) {
        var whole = new StringBuilder();
        write(tree, whole::append);
        return whole.toString();
    }

    /** In pieces of some size, so that no more than that is in memory. */
    static void write(Map<String, ?> tree, Sink sink) {
        var yaml = new CanonicalYaml(sink);
        yaml.map(tree, 0);
        yaml.flush();
    }

    private void flush() {
        sink.take(out.toString());
        out.setLength(0);
    }

    private void map(Map<String, ?> map, int level) {
        map.forEach((key, value) -> {
            indent(level);
            out.append(key).append(':');
            value(value, level);
        });
    }

    private void value(Object value, int level) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            map(keyed(map), level + 1);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            out.append('\n');
            list.forEach(item -> item(item, level + 1));
        } else {
            out.append(' ');
            scalar(value);
            out.append('\n');
        }
    }

    private void item(Object item, int level) {
        if (out.length() > FULL) {
            flush();
        }
        indent(level);
        out.append('-');
        if (item instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            map(keyed(map), level + 1);
        } else {
            out.append(' ');
            scalar(item);
            out.append('\n');
        }
    }

    @SuppressWarnings("unchecked") // made by PlanTree, with texts as keys
    private static Map<String, Object> keyed(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    private void indent(int level) {
        for (int i = 0; i < level; i++) {
            out.append("  ");
        }
    }

    private void scalar(Object value) {
        if (value instanceof List<?>) {
            out.append("[]");
        } else if (value instanceof Map<?, ?>) {
            out.append("{}");
        } else if (value instanceof Long || value instanceof Boolean || word(value.toString())) {
            out.append(value);
        } else if (harmless(value.toString())) {
            out.append('"').append(value).append('"');
        } else {
            out.append(quoted(value.toString()));
        }
    }

    /** A letter, then letters, digits and {@code _.-}, and nothing that YAML takes for something else. */
    private static boolean word(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean inner = (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
            if (!letter && (i == 0 || !inner)) {
                return false;
            }
        }
        return !text.isEmpty()
                && (text.length() > LONGEST_RESERVED || !RESERVED.contains(text.toLowerCase(java.util.Locale.ROOT)));
    }

    /** Nothing in it needs an escape. */
    private static boolean harmless(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** As JSON, and no character in it that a terminal or an editor acts on. */
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        new String(JsonStringEncoder.getInstance().quoteAsString(text))
                .codePoints()
                .forEach(c -> {
                    if (Quote.acts(c) && c < 0x10000) {
                        quoted.append("\\u%04X".formatted(c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                });
        return quoted.append('"').toString();
    }
}
