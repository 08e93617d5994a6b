package io.stretchc.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * nats-server's configuration grammar (conf/lex.go, alike from 2.9 to 2.15), as far as stretchc writes it, read without
 * anything of stretchc. Works on bytes, as a NUL is the end of the input there and {@code \x} makes a byte. Fails where
 * the server would, and on bare words that are more than a name, a number or a variable.
 */
final class ConfTokens {
    private static final Pattern REST = Pattern.compile("[ \t]*([;,}\r#].*)?", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[A-Za-z]+|-?[0-9]+(\\.[0-9]+)?|\\$[A-Za-z_][A-Za-z0-9_]*");

    private final byte[] in;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    /** What a token is; the text of a bracket is empty. */
    enum Kind {
        KEY,
        STRING,
        BARE,
        INCLUDE,
        MAP,
        LIST,
        END
    }

    /** A piece of a configuration with its text, escapes undone. */
    record Token(Kind kind, String text) {}

    private ConfTokens(String text) {
        this.in = text.getBytes(StandardCharsets.UTF_8);
    }

    /** All of a file. */
    static List<Token> of(String text) {
        var reader = new ConfTokens(text);
        reader.entries(false);
        return reader.tokens;
    }

    private void entries(boolean inMap) {
        while (true) {
            blank("\n\r \t;,");
            if (inMap && peek() == '}') {
                at++;
                add(Kind.END, "");
                return;
            }
            if (at >= in.length) {
                if (inMap) {
                    throw wrong("the file ends inside a map");
                }
                return;
            }
            entry();
        }
    }

    private void entry() {
        String key = quote() ? raw() : bare(":= \t\n\r{");
        boolean quoted = in[at - 1] == '"' || in[at - 1] == '\'';
        if (key.equalsIgnoreCase("include") && !quoted) {
            blank(" \t");
            add(Kind.INCLUDE, quote() ? raw() : bare("\n\r;} \t"));
        } else {
            add(Kind.KEY, key);
            blank(" \t\n\r");
            if (peek() == ':' || peek() == '=') {
                at++;
            }
            blank(" \t");
            value();
        }
        String rest = rest();
        if (!REST.matcher(rest).matches()) {
            throw wrong("something follows a value: " + rest);
        }
    }

    private void value() {
        switch (peek()) {
            case '{' -> {
                at++;
                add(Kind.MAP, "");
                entries(true);
            }
            case '[' -> {
                at++;
                add(Kind.LIST, "");
                list();
            }
            case '"' -> add(Kind.STRING, escaped());
            case '\'' -> add(Kind.STRING, raw());
            default -> {
                String word = bare("\n\r;,]} \t");
                if (!WORD.matcher(word).matches()) {
                    throw wrong("a bare word that is no name, number or variable: " + word);
                }
                add(Kind.BARE, word);
            }
        }
    }

    private void list() {
        while (true) {
            blank("\n\r \t,");
            if (peek() == ']') {
                at++;
                add(Kind.END, "");
                return;
            }
            value();
        }
    }

    /** The text up to the closing quote, without escapes: keys, includes, single quotes. */
    private String raw() {
        byte close = in[at++];
        int from = at;
        while (byteAt(at) != close) {
            at++;
        }
        return new String(in, from, at++ - from, StandardCharsets.UTF_8);
    }

    private String escaped() {
        var text = new ByteArrayOutputStream();
        at++;
        for (byte b = byteAt(at++); b != '"'; b = byteAt(at++)) {
            if (b != '\\') {
                text.write(b);
                continue;
            }
            byte escape = byteAt(at++);
            switch (escape) {
                case 't' -> text.write('\t');
                case 'n' -> text.write('\n');
                case 'r' -> text.write('\r');
                case '"', '\\' -> text.write(escape);
                case 'x' -> {
                    text.write(Integer.parseInt(new String(in, at, 2, StandardCharsets.US_ASCII), 16));
                    at += 2;
                }
                default -> throw wrong("an escape that is none: " + (char) escape);
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private String bare(String ends) {
        int from = at;
        while (at < in.length && ends.indexOf(in[at]) < 0) {
            byteAt(at++);
        }
        if (at == from) {
            throw wrong("a word is missing");
        }
        return new String(in, from, at - from, StandardCharsets.UTF_8);
    }

    /** Passes over these characters and over comments. */
    private void blank(String characters) {
        while (at < in.length) {
            boolean comment = in[at] == '#' || (in[at] == '/' && at + 1 < in.length && in[at + 1] == '/');
            if (comment) {
                while (at < in.length && in[at] != '\n' && in[at] != '\r') {
                    at++;
                }
            } else if (characters.indexOf(in[at]) >= 0) {
                at++;
            } else {
                return;
            }
        }
    }

    private boolean quote() {
        return peek() == '"' || peek() == '\'';
    }

    private byte peek() {
        return at < in.length ? in[at] : 0;
    }

    private byte byteAt(int index) {
        if (index >= in.length || in[index] == 0) {
            throw wrong("the input ends too early");
        }
        return in[index];
    }

    private String rest() {
        int end = at;
        while (end < in.length && in[end] != '\n') {
            end++;
        }
        return new String(in, at, end - at, StandardCharsets.UTF_8);
    }

    private void add(Kind kind, String text) {
        tokens.add(new Token(kind, text));
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + " (byte " + at + ")");
    }
}
