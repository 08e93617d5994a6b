package io.stretchc.status;

import io.stretchc.diag.Quote;
import java.util.regex.Pattern;

/**
 * A word of a command line that a person reads and may copy into a shell. Unlike {@code plan.ShellWord}, which is for what
 * a shell executes, it leaves out what a terminal would act on, and cuts what is endless.
 */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellWord() {}

    static String of(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + Quote.sentence(word).replace("'", "'\\''") + "'";
    }
}
