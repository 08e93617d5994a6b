package io.stretchc.codec;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.stretchc.diag.Quote;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    private final Sink sink;
    private byte[] out = new byte[FULL + FULL / 4];
    private int length;

    private CanonicalYaml(Sink sink) {
        this.sink = sink;
    }

    /** Takes the text piece by piece, as UTF-8; each piece is the taker's. */
    interface Sink {
        void take(byte[] piece);
    }

    static String of(Map<String, ?> tree) {
        var whole = new ByteArrayOutputStream();
        write(tree, whole::writeBytes);
        return whole.toString(StandardCharsets.UTF_8);
    }

    /** In pieces of some size, so that no more than that is in memory. */
    static void write(Map<String, ?> tree, Sink sink) {
        var yaml = new CanonicalYaml(sink);
        yaml.map(tree, 0);
        yaml.flush();
    }

    private void flush() {
        sink.take(Arrays.copyOf(out, length));
        length = 0;
    }

    private void map(Map<String, ?> map, int level) {
        for (Map.Entry<String, ?> entry : map.entrySet()) {
            indent(level);
            plain(entry.getKey());
            put(':');
            value(entry.getValue(), level);
        }
    }

    private void value(Object value, int level) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            put('\n');
            map(keyed(map), level + 1);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            put('\n');
            for (Object item : list) {
                item(item, level + 1);
            }
        } else {
            put(' ');
            scalar(value);
            put('\n');
        }
    }

    private void item(Object item, int level) {
        if (length > FULL) {
            flush();
        }
        indent(level);
        put('-');
        if (item instanceof Map<?, ?> map && !map.isEmpty()) {
            put('\n');
            map(keyed(map), level + 1);
        } else {
            put(' ');
            scalar(item);
            put('\n');
        }
    }

    @SuppressWarnings("unchecked") // made by PlanTree, with texts as keys
    private static Map<String, Object> keyed(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    private void indent(int level) {
        int width = 2 * level;
        room(width);
        Arrays.fill(out, length, length + width, (byte) ' ');
        length += width;
    }

    private void scalar(Object value) {
        if (value instanceof List<?>) {
            plain("[]");
        } else if (value instanceof Map<?, ?>) {
            plain("{}");
        } else if (value instanceof Long || value instanceof Boolean) {
            plain(value.toString());
        } else {
            text(value.toString());
        }
    }

    /** Bare if it is a word, in quotes if nothing in it needs an escape, which is found out while it is written. */
    private void text(String text) {
        int begun = length;
        put('"');
        room(text.length());
        boolean word = !text.isEmpty() && letter(text.charAt(0));
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                length = begun;
                put(quoted(text).getBytes(StandardCharsets.UTF_8));
                return;
            }
            word = word && (letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-');
            out[length++] = (byte) c;
        }
        if (!word || (text.length() <= LONGEST_RESERVED && reserved(text))) {
            put('"');
            return;
        }
        length--; // a letter, then letters, digits and _.-, and nothing that YAML takes for something else
        System.arraycopy(out, begun + 1, out, begun, length - begun);
    }

    private static boolean reserved(String text) {
        for (String word : RESERVED) {
            if (word.equalsIgnoreCase(text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Text of ASCII characters. */
    private void plain(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            out[length++] = (byte) text.charAt(i);
        }
    }

    private void put(char c) {
        room(1);
        out[length++] = (byte) c;
    }

    private void put(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, out, length, bytes.length);
        length += bytes.length;
    }

    private void room(int more) {
        if (out.length - length < more) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, length + more));
        }
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
