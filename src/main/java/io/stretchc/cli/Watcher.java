package io.stretchc.cli;

import java.time.Duration;

/**
 * Shows something again and again. On a terminal each block takes the place of the one before; elsewhere a block follows
 * only when it differs, so that a file holds the changes.
 */
final class Watcher {
    /** Cursor to the upper left corner. */
    private static final String HOME = "\u001b[H";

    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String CLEAR_ALL = "\u001b[2J";

    private final Console console;
    private final boolean terminal;
    private final Pause pause;
    private String shown = "";
    private boolean first = true;

    Watcher(Console console, boolean terminal, Pause pause) {
        this.console = console;
        this.terminal = terminal;
        this.pause = pause;
    }

    /** Lets time pass between two looks. */
    interface Pause {
        /** Whether to go on afterwards. */
        boolean next(Duration interval);
    }

    /** What there is to see now. It says so itself when there is nothing. */
    interface Look {
        /** One block of lines. */
        String now();
    }

    /** Goes on until the pause says otherwise. */
    void run(Look look, Duration interval) {
        do {
            show(look.now());
        } while (pause.next(interval));
    }

    private void show(String block) {
        if (terminal) {
            String text = block.replace("\n", CLEAR_LINE + "\n");
            console.out().print((first ? CLEAR_ALL : "") + HOME + text + CLEAR_BELOW);
        } else if (!block.equals(shown)) {
            console.out().print((first ? "" : "\n") + block);
        }
        console.out().flush();
        shown = block;
        first = false;
    }
}
