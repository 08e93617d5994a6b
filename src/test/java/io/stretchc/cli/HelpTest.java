package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command, found by what {@code --help} lists, explains itself. */
class HelpTest {
    private static final Pattern LISTED = Pattern.compile("(?m)^  ([a-z-]+)  +\\S");

    /** Commands as the words that call them; the program itself is the empty one. */
    static Stream<List<String>> commands() {
        var found = new ArrayList<List<String>>(List.of(List.of()));
        for (int i = 0; i < found.size(); i++) {
            String help = help(found.get(i)).out();
            int from = help.indexOf("Commands:\n");
            Matcher m = LISTED.matcher(from < 0 ? "" : help.substring(from));
            while (m.find()) {
                var longer = new ArrayList<>(found.get(i));
                longer.add(m.group(1));
                found.add(longer);
            }
        }
        return found.stream();
    }

    @Test
    void theCommandsOfThisStageAreListed() {
        assertThat(commands().map(c -> String.join(" ", c)))
                .contains(
                        "init",
                        "validate",
                        "explain",
                        "compile",
                        "arbiter",
                        "observe",
                        "status",
                        "verify",
                        "plan",
                        "plan recover",
                        "plan bridge",
                        "show",
                        "lab",
                        "lab fetch");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpGoesToStandardOutputWithAnExampleOfTheCommand(List<String> command) {
        var run = help(command);

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Usage: " + String.join(" ", words(command)));
        assertThat(run.out().lines().filter(l -> l.startsWith("  ")).map(String::strip))
                .as("examples")
                .anyMatch(l -> l.replaceFirst("^source <\\(", "").startsWith(String.join(" ", words(command)))
                        && !l.equals("stretchc"));
        assertThat(run.out().lines()).allMatch(l -> l.length() <= 100 || l.contains("  stretchc "));
    }

    private static Invocation help(List<String> command) {
        var args = new ArrayList<>(command);
        args.add("--help");
        return Invocation.of(args.toArray(new String[0]));
    }

    private static List<String> words(List<String> command) {
        var words = new ArrayList<String>(List.of("stretchc"));
        words.addAll(command);
        return words;
    }
}
