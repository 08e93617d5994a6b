package io.stretchc.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads nats-server's configuration language as far as compiled files use it. What it does not know for sure, variables,
 * sizes such as {@code 8MB}, dates, escapes to bytes, it refuses, so that nothing is ever read differently than by a
 * server.
 */
final class ConfParser {
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d{0,17})");
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");
    private static final List<String> OTHER_BOOLEANS =
            List.of("yes", "no", "on", "off", "TRUE", "FALSE", "True", "False");
    private static final String ENDS = "{}[],:=#\"'";

    private final String text;
    private final Function<String, @Nullable String> included;
    private int at;

    /** What is read holds something that cannot be read for sure. */
    static final class Unsure extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * A parser.
     *
     * @param included the text of a file that is included; null when it is not at hand
     */
    ConfParser(String text, Function<String, @Nullable String> included) {
        this.text = text;
        this.included = included;
    }

    /** The whole file: texts, {@link Long}, {@link Boolean}, lists and maps. */
    SortedMap<String, Object> read() throws Unsure {
        var map = new TreeMap<String, Object>();
        entries(map, false);
        return map;
    }

    private void entries(SortedMap<String, Object> map, boolean inBraces) throws Unsure {
        while (true) {
            blanks(true);
            if (at == text.length()) {
                sure(!inBraces);
                return;
            }
            if (text.charAt(at) == '}') {
                sure(inBraces);
                at++;
                return;
            }
            boolean quoted = text.charAt(at) == '"';
            String key = quoted ? quoted() : bare();
            if (!quoted && key.equals("include")) {
                blanks(false);
                String other = included.apply(quoted());
                if (other == null) {
                    throw new Unsure();
                }
                map.putAll(new ConfParser(other, name -> null).read());
                continue;
            }
            sure(quoted ? key.chars().allMatch(c -> c < 0x7f) : KEY.matcher(key).matches());
            blanks(false);
            if (at < text.length() && (text.charAt(at) == ':' || text.charAt(at) == '=')) {
                at++;
                blanks(false);
            }
            map.put(key, value());
        }
    }

    private Object value() throws Unsure {
        sure(at < text.length());
        switch (text.charAt(at)) {
            case '"' -> {
                return quoted();
            }
            case '{' -> {
                at++;
                var map = new TreeMap<String, Object>();
                entries(map, true);
                return map;
            }
            case '[' -> {
                at++;
                return list();
            }
            default -> {
                return scalar(bare());
            }
        }
    }

    private List<Object> list() throws Unsure {
        var list = new ArrayList<>();
        while (true) {
            blanks(true);
            sure(at < text.length());
            if (text.charAt(at) == ']') {
                at++;
                return list;
            }
            list.add(value());
        }
    }

    private static Object scalar(String word) throws Unsure {
        if (INTEGER.matcher(word).matches()) {
            return Long.valueOf(word);
        }
        if (word.equals("true") || word.equals("false")) {
            return Boolean.valueOf(word);
        }
        sure(WORD.matcher(word).matches() && !OTHER_BOOLEANS.contains(word));
        return word;
    }

    private String bare() throws Unsure {
        int from = at;
        while (at < text.length() && text.charAt(at) > ' ' && ENDS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        sure(at > from);
        return text.substring(from, at);
    }

    private String quoted() throws Unsure {
        sure(at < text.length() && text.charAt(at) == '"');
        at++;
        var out = new StringBuilder();
        while (true) {
            sure(at < text.length());
            char c = text.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            if (c == '\\') {
                sure(at < text.length());
                char escaped = text.charAt(at++);
                sure(escaped == '"' || escaped == '\\');
                out.append(escaped);
            } else {
                sure(c >= ' ' && c != 0x7f);
                out.append(c);
            }
        }
    }

    /** Blanks and comments; line ends and commas too where entries are separated. */
    private void blanks(boolean separators) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#' && separators) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || (separators && (c == '\n' || c == '\r' || c == ',' || c == ';'))) {
                at++;
            } else {
                return;
            }
        }
    }

    private static void sure(boolean condition) throws Unsure {
        if (!condition) {
            throw new Unsure();
        }
    }
}
