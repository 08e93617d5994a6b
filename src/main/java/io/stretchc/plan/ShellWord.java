package io.stretchc.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    /** The words of a line that {@link #line} wrote; none when it was written otherwise, and a shell might do more. */
    public static Optional<List<String>> words(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == ' ' && !quoted) {
                words.add(word.toString());
                word.setLength(0);
            } else if (c == '\\' && !quoted && i + 1 < line.length()) {
                i++;
                word.append(line.charAt(i));
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return line(words.toArray(new String[0])).equals(line) ? Optional.of(List.copyOf(words)) : Optional.empty();
    }

    /** The words as a line. */
    public static String line(String... words) {
        return Arrays.stream(words).map(ShellWord::of).collect(Collectors.joining(" "));
    }
}
