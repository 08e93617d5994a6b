package io.stretchc.plan;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words of a command line that a POSIX shell takes as they are, whatever they hold. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellWord() {}

    /** The word, in single quotes unless it needs none. */
    public static String of(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** The words as a line. */
    public static String line(String... words) {
        return Arrays.stream(words).map(ShellWord::of).collect(Collectors.joining(" "));
    }
}
