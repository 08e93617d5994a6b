package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a document with shell blocks promises: every {@code sh} block ends with 0, or with N after {@code <!-- exit N -->};
 * every {@code text} block holds lines of what the last of them printed, in this order; a block after {@code <!-- nats -->}
 * takes the {@code nats} CLI.
 *
 * @param blocks in the order of the document
 */
record Walkthrough(List<Block> blocks) {
    private static final Pattern FENCE =
            Pattern.compile("(?ms)(?:^<!-- (nats|exit (\\d+)) -->\\n)?^```(sh|text)\\n(.*?)^```$");

    /** A shell script, what it ends with, and the lines that it prints among others. */
    record Block(String script, int exit, boolean nats, List<String> printed) {
        /** Each line of it is printed, after the one before it; ids, times and how a leader came to be are not compared, nor what ` ...` leaves out. */
        void check(String output) {
            List<String> lines = output.lines().map(Walkthrough::masked).toList();
            int from = 0;
            for (String line : printed) {
                int at = from;
                while (at < lines.size() && !is(lines.get(at), masked(line))) {
                    at++;
                }
                assertThat(at)
                        .as(
                                "the line `%s` of the text, after line %d of what\n%s\nprinted:\n%s",
                                line, from, script, output)
                        .isLessThan(lines.size());
                from = at + 1;
            }
        }
    }

    static Walkthrough parse(String document) {
        var blocks = new ArrayList<Block>();
        var m = FENCE.matcher(document);
        while (m.find()) {
            if (m.group(3).equals("sh")) {
                int exit = m.group(2) == null ? 0 : Integer.parseInt(m.group(2));
                blocks.add(new Block(m.group(4), exit, "nats".equals(m.group(1)), new ArrayList<>()));
            } else {
                m.group(4)
                        .lines()
                        .filter(l -> !l.isBlank())
                        .forEach(blocks.get(blocks.size() - 1).printed()::add);
            }
        }
        return new Walkthrough(blocks);
    }

    private static boolean is(String printed, String line) {
        return line.endsWith(" ...") ? printed.startsWith(line.substring(0, line.length() - 4)) : printed.equals(line);
    }

    private static String masked(String line) {
        return line.stripTrailing()
                .replaceAll("sha256:[0-9a-f.]+", "sha256:ID")
                .replaceAll("--approve [0-9a-f]+", "--approve ID")
                .replaceAll("(lead-\\S+): (?:done|is so already)", "$1: HOME")
                .replaceAll("\\d+\\.\\d s$", "TIME");
    }
}
