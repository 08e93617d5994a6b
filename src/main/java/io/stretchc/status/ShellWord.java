package io.stretchc.status;

import io.stretchc.diag.Quote;
import java.util.regex.Pattern;

/** A word of a command line that can be copied into a shell. */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellWord() {}

    static String of(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + Quote.sentence(word).replace("'", "'\\''") + "'";
    }
}
