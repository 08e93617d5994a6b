package io.stretchc.compile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a double-quoted string as nats-server's lexer does (conf/lex.go, lexDubQuotedString and lexStringEscape, alike
 * from 2.9 to 2.15): over bytes, since {@code \x} gives one byte; NUL ends the input, raw line ends are part of the text.
 */
final class ConfReader {
    private ConfReader() {}

    /** The text of a whole value; fails where the server would, or where something follows the closing quote. */
    static String quoted(String value) {
        byte[] in = value.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        if (in.length == 0 || in[0] != '"') {
            throw new IllegalArgumentException("no quoted string: " + value);
        }
        int i = 1;
        while (i < in.length && in[i] != '"') {
            if (in[i] == 0) {
                throw new IllegalArgumentException("Unexpected EOF.");
            }
            if (in[i] != '\\') {
                out.write(in[i++]);
                continue;
            }
            char escape = (char) in[i + 1];
            switch (escape) {
                case 'x' -> {
                    out.write(Integer.parseInt(new String(in, i + 2, 2, StandardCharsets.US_ASCII), 16));
                    i += 2;
                }
                case 't' -> out.write('\t');
                case 'n' -> out.write('\n');
                case 'r' -> out.write('\r');
                case '"', '\\' -> out.write(escape);
                default -> throw new IllegalArgumentException("Invalid escape character " + escape);
            }
            i += 2;
        }
        if (i != in.length - 1) {
            throw new IllegalArgumentException("the string ends before the value does, or never: " + value);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
