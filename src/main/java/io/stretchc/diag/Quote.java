package io.stretchc.diag;

import java.util.Collection;
import java.util.stream.Collectors;

/** How a message shows text that a user wrote: in backticks, on one line, never long, no control characters. */
public final class Quote {
    private static final int LONGEST = 80;
    private static final int LONGEST_SENTENCE = 400;

    private Quote() {}

    /** The value in backticks. */
    public static String of(Object value) {
        return "`" + plain(value.toString()) + "`";
    }

    /** Several values, in backticks, joined by commas; long lists are cut with the number of the rest. */
    public static String all(Collection<?> values) {
        if (values.isEmpty()) {
            return "none";
        }
        int shown = values.size() > 8 ? 6 : values.size();
        String text = values.stream().limit(shown).map(Quote::of).collect(Collectors.joining(", "));
        return shown == values.size() ? text : text + " and " + (values.size() - shown) + " more";
    }

    /** The value without control characters and cut to a readable length; secrets are left out. */
    public static String plain(String value) {
        return shown(value, LONGEST, true);
    }

    /** The same for a whole sentence, in which a value may stand: longer, and backticks are its own. */
    public static String sentence(String text) {
        return shown(text, LONGEST_SENTENCE, false);
    }

    private static String shown(String value, int longest, boolean backticks) {
        if (Secrets.looksSecret(value)) {
            return "(a secret, not shown)";
        }
        if (value.length() <= longest && harmless(value, backticks)) {
            return value;
        }
        var text = new StringBuilder();
        int length = value.codePointCount(0, Math.min(value.length(), 4 * longest));
        value.codePoints().limit(longest).forEach(c -> append(text, c, backticks));
        if (value.length() > 4 * longest || length > longest) {
            text.append("… (").append(value.length()).append(" characters)");
        }
        return text.toString();
    }

    /** Printable ASCII, as nearly every name is; what is not may be harmless too. */
    private static boolean harmless(String value, boolean backticks) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || (backticks && c == '`')) {
                return false;
            }
        }
        return true;
    }

    /** Whether a terminal, a log or a reader's eye would act on this character, rather than show it. */
    public static boolean acts(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static void append(StringBuilder text, int c, boolean backticks) {
        if (acts(c) || (backticks && c == '`')) {
            text.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
        } else {
            text.appendCodePoint(c);
        }
    }
}
