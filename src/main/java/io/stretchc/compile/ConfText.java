package io.stretchc.compile;

import java.nio.charset.StandardCharsets;

/**
 * Text in nats-server's configuration grammar. A value in double quotes is never a variable, an include, a number or a
 * comment, whatever it holds (2.9 to 2.15); inside, only the quote, the backslash and control characters are written
 * differently.
 */
final class ConfText {
    private ConfText() {}

    /** A string value that reads back as exactly this text. */
    static String quoted(String value) {
        var text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> other(c, text);
            }
        }
        return text.append('"').toString();
    }

    private static void other(char c, StringBuilder text) {
        if (Character.isISOControl(c)) {
            for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                text.append("\\x%02X".formatted(b & 0xff));
            }
        } else {
            text.append(c);
        }
    }

    /**
     * A name in quotes. Names have no escapes in this grammar, so one with a quote cannot be written; the rules refuse
     * it before it comes here.
     */
    static String key(String name) {
        if (name.indexOf('"') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a name that no configuration can carry reached the compiler");
        }
        return '"' + name + '"';
    }

    /** The path of an include, which has no escapes either. */
    static String includePath(String path) {
        return key(path);
    }
}
