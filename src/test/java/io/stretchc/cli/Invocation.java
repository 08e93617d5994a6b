package io.stretchc.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/**
 * One run of the command line inside this process, without a terminal.
 *
 * @param out everything on standard output
 * @param err everything on standard error
 */
record Invocation(int exit, String out, String err) {
    /** Runs with nothing on standard input and an empty environment. */
    static Invocation of(String... args) {
        return of(new ByteArrayInputStream(new byte[0]), args);
    }

    /** Runs with this standard input and an empty environment. */
    static Invocation of(InputStream in, String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.run(new PrintWriter(out), new PrintWriter(err), in, Map.of(), Terminal.NONE, args);
        return new Invocation(exit, out.toString(), err.toString());
    }
}
