package io.stretchc.binary;

import io.stretchc.diag.Quote;
import java.util.List;

/**
 * How an external program ended.
 *
 * @param ending whether it ended by itself
 * @param exit its exit status; only when it ended by itself
 * @param out the end of what it printed
 * @param err the end of its messages, or why it could not be started
 */
record ProcessResult(Ending ending, int exit, String out, String err) {
    enum Ending {
        EXITED,
        TIMED_OUT,
        NOT_STARTED
    }

    boolean ok() {
        return ending == Ending.EXITED && exit == 0;
    }

    /** Why it is not {@link #ok}: half a sentence for a message. */
    String reason() {
        return switch (ending) {
            case NOT_STARTED -> "cannot be started: " + Quote.sentence(err);
            case TIMED_OUT -> "no end within the time limit";
            case EXITED -> {
                String said = said();
                yield said.isEmpty() ? "ended with exit status " + exit : Quote.sentence(said);
            }
        };
    }

    /** The telling line: apt and pip mark errors, others end with them. */
    private String said() {
        List<String> lines = (err.isBlank() ? out : err)
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .toList();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return lines.stream()
                .filter(l -> l.startsWith("E: ") || l.startsWith("ERROR: "))
                .reduce((a, b) -> b)
                .orElse(last);
    }
}
