package io.stretchc.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the YAML that {@link CanonicalYaml} writes, and nothing else: no aliases, no tags, no comments within, so that
 * nothing in it can unfold, and what is shown to a person is what is read.
 */
final class CanonicalYamlReader {
    private static final int DEEPEST = 12;

    private final String[] lines;
    private int at;

    private CanonicalYamlReader(String text) {
        lines = text.split("\n", -1);
    }

    /** The tree; lines before the first key that begin with # are passed over. */
    static Map<String, Object> read(String text) throws Misfit {
        var reader = new CanonicalYamlReader(text);
        while (reader.more() && reader.lines[reader.at].startsWith("#")) {
            reader.at++;
        }
        Map<String, Object> tree = reader.map(0);
        if (reader.more()) {
            throw reader.misfit("is not where it belongs");
        }
        return tree;
    }

    private boolean more() {
        return at < lines.length && !(at == lines.length - 1 && lines[at].isEmpty());
    }

    private Map<String, Object> map(int level) throws Misfit {
        var map = new LinkedHashMap<String, Object>();
        while (more() && indent() == level && !body(level).startsWith("-")) {
            String line = body(level);
            int colon = line.indexOf(':');
            if (colon < 1 || !line.substring(0, colon).matches("[a-z_]+")) {
                throw misfit("has no key");
            }
            String key = line.substring(0, colon);
            Object value = value(line.substring(colon + 1), level);
            if (map.put(key, value) != null) {
                at--;
                throw misfit("has a key that was there before");
            }
        }
        return map;
    }

    private Object value(String rest, int level) throws Misfit {
        if (!rest.isEmpty()) {
            if (rest.charAt(0) != ' ') {
                throw misfit("has no blank behind its key");
            }
            Object scalar = scalar(rest.substring(1));
            at++;
            return scalar;
        }
        at++;
        if (level >= DEEPEST || !more() || indent() != level + 1) {
            throw misfit("is empty");
        }
        return body(level + 1).startsWith("-") ? list(level + 1) : map(level + 1);
    }

    private List<Object> list(int level) throws Misfit {
        var list = new ArrayList<Object>();
        while (more() && indent() == level && body(level).startsWith("-")) {
            list.add(value(body(level).substring(1), level));
        }
        return list;
    }

    private int indent() throws Misfit {
        String line = lines[at];
        int blanks = 0;
        while (blanks < line.length() && line.charAt(blanks) == ' ') {
            blanks++;
        }
        if (blanks % 2 != 0) {
            throw misfit("is indented by an odd number of blanks");
        }
        return blanks / 2;
    }

    private String body(int level) {
        return lines[at].substring(2 * level);
    }

    private Object scalar(String text) throws Misfit {
        if (text.equals("[]")) {
            return List.of();
        }
        if (text.equals("{}")) {
            return Map.of();
        }
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        if (text.matches("-?[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        if (text.matches("[A-Za-z][A-Za-z0-9_.-]*")) {
            return text;
        }
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            return unquoted(text.substring(1, text.length() - 1));
        }
        throw misfit("has a value that is not written as stretchc does");
    }

    private String unquoted(String text) throws Misfit {
        var plain = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '"') {
                throw misfit("has a stray quote");
            }
            if (c != '\\') {
                plain.append(c);
                i++;
                continue;
            }
            char escaped = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            int which = "\"\\/bfnrt".indexOf(escaped);
            if (which >= 0) {
                plain.append("\"\\/\b\f\n\r\t".charAt(which));
                i += 2;
            } else if (escaped == 'u' && i + 6 <= text.length() && hex(text, i + 2)) {
                plain.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 6;
            } else {
                throw misfit("has an escape that is not known");
            }
        }
        return plain.toString();
    }

    private static boolean hex(String text, int from) {
        return text.substring(from, from + 4).matches("[0-9A-Fa-f]{4}");
    }

    private Misfit misfit(String what) {
        return new Misfit("line " + (Math.min(at, lines.length - 1) + 1) + " " + what);
    }
}
