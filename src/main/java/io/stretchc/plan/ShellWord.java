package io.stretchc.plan;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Words of a command line that a POSIX shell takes as they are, whatever they hold. */
public final class ShellWord {
    private static final String PLAIN = "_./:=@%+,-";

    private ShellWord() {}

    /** The word, in single quotes unless it needs none. */
    public static String of(String word) {
        return plain(word) ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean plain(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && PLAIN.indexOf(c) < 0) {
                return false;
            }
        }
        return !word.isEmpty();
    }

    /** The words as a line. */
    public static String line(String... words) {
        return Arrays.stream(words).map(ShellWord::of).collect(Collectors.joining(" "));
    }
}
