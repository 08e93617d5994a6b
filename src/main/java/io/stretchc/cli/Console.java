package io.stretchc.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;

/**
 * Where a command reads and writes.
 *
 * @param out results
 * @param err progress and messages
 * @param in what {@code -} reads
 * @param terminal which of the two a person looks at
 * @param colour which of the two may be coloured
 * @param engines what takes long to start
 */
record Console(
        PrintWriter out,
        PrintWriter err,
        InputStream in,
        Map<String, String> environment,
        Terminal terminal,
        Terminal colour,
        Engines engines) {
    /** The stream for messages; results printed so far come out first, since a terminal shows both. */
    @Override
    public PrintWriter err() {
        out.flush();
        return err;
    }

    Console uncoloured() {
        return new Console(out, err, in, environment, terminal, Terminal.NONE, engines);
    }
}
