package io.stretchc.codec;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.stretchc.diag.Quote;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes a tree of maps, lists, texts, numbers and booleans as YAML, always the same way: keys in the order of the map, two
 * blanks for each level, texts in double quotes as in JSON unless they are plain words. {@link CanonicalYamlReader} reads
 * exactly this.
 */
final class CanonicalYaml {
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
    private static final List<String> RESERVED = List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder out = new StringBuilder();

    private CanonicalYaml() {}

    static String of(Map<String, ?> tree) {
        var yaml = new CanonicalYaml();
        yaml.map(tree, 0);
        return yaml.out.toString();
    }

    private void map(Map<String, ?> map, int level) {
        map.forEach((key, value) -> {
            out.append("  ".repeat(level)).append(key).append(':');
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
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void item(Object item, int level) {
        out.append("  ".repeat(level)).append('-');
        if (item instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            map(keyed(map), level + 1);
        } else {
            out.append(' ').append(scalar(item)).append('\n');
        }
    }

    @SuppressWarnings("unchecked") // made by PlanTree, with texts as keys
    private static Map<String, Object> keyed(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    private static String scalar(Object value) {
        if (value instanceof List<?>) {
            return "[]";
        }
        if (value instanceof Map<?, ?>) {
            return "{}";
        }
        String text = value.toString();
        if (value instanceof Long || value instanceof Boolean) {
            return text;
        }
        boolean plain = WORD.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(java.util.Locale.ROOT));
        return plain ? text : quoted(text);
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
