package io.stretchc.syntax;

/**
 * What an unquoted scalar is. Narrower than YAML 1.1: {@code no}, {@code on}, {@code 22:30}, {@code 010} and
 * {@code 1_000} are text.
 */
public enum ScalarKind {
    NULL,
    BOOLEAN,
    INTEGER,
    DECIMAL,
    TEXT;

    static ScalarKind of(String text) {
        return switch (text) {
            case "", "~", "null" -> NULL;
            case "true", "false" -> BOOLEAN;
            default -> number(text);
        };
    }

    private static ScalarKind number(String text) {
        int i = text.startsWith("-") ? 1 : 0;
        int whole = digits(text, i);
        if (whole == 0 || (whole > 1 && text.charAt(i) == '0')) {
            return TEXT;
        }
        i += whole;
        if (i == text.length()) {
            return INTEGER;
        }
        if (text.charAt(i) == '.') {
            int fraction = digits(text, i + 1);
            i += 1 + fraction;
            if (fraction == 0) {
                return TEXT;
            }
        }
        if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            i++;
            if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
                i++;
            }
            int exponent = digits(text, i);
            if (exponent == 0) {
                return TEXT;
            }
            i += exponent;
        }
        return i == text.length() ? DECIMAL : TEXT;
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i - from;
    }
}
