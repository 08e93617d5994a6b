package io.stretchc.compile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The digest that nats-server (2.11 to 2.15) tells of a configuration, in VARZ and with {@code -t}: SHA-256 of its content
 * as JSON, the way Go writes it, so that comments, order and layout do not count and included files do.
 */
public final class ConfigDigest {
    private ConfigDigest() {}

    /**
     * The digest of a compiled server configuration.
     *
     * @param accounts what it includes as {@code accounts.conf}
     * @return none where it depends on what only the server has: variables, other included files; or cannot be told for
     *     sure
     */
    public static Optional<String> of(String server, String accounts) {
        try {
            var parser = new ConfParser(server, name -> name.endsWith("accounts.conf") ? accounts : null);
            var json = new StringBuilder();
            write(parser.read(), json);
            byte[] bytes = json.append('\n').toString().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Optional.of("sha256:" + HexFormat.of().formatHex(digest));
        } catch (ConfParser.Unsure e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void write(Object value, StringBuilder json) {
        if (value instanceof Map<?, ?> map) {
            json.append('{');
            for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
                Map.Entry<?, ?> e = i.next();
                text(String.valueOf(e.getKey()), json);
                json.append(':');
                write(e.getValue(), json);
                json.append(i.hasNext() ? "," : "");
            }
            json.append('}');
        } else if (value instanceof List<?> list) {
            json.append('[');
            for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
                write(i.next(), json);
                json.append(i.hasNext() ? "," : "");
            }
            json.append(']');
        } else if (value instanceof String s) {
            text(s, json);
        } else {
            json.append(value);
        }
    }

    /** As Go's encoder, which is careful about HTML. Control characters were refused before. */
    private static void text(String value, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '<' -> json.append("\\u003c");
                case '>' -> json.append("\\u003e");
                case '&' -> json.append("\\u0026");
                case '\u2028' -> json.append("\\u2028");
                case '\u2029' -> json.append("\\u2029");
                default -> json.append(c);
            }
        }
        json.append('"');
    }
}
