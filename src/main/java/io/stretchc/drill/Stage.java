package io.stretchc.drill;

import java.util.List;

/**
 * One part of a drill: a command line of this program, or something that has none.
 *
 * @param words of the command line, as a person would type them; empty when it is no command
 * @param exit code that it ended with
 * @param asExpected whether that is the one that it should end with
 * @param nanos how long it took
 * @param said the last lines that it printed
 */
public record Stage(String name, List<String> words, int exit, boolean asExpected, long nanos, List<String> said) {
    public Stage {
        words = List.copyOf(words);
        said = List.copyOf(said);
    }
}
