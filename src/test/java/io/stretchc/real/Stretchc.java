package io.stretchc.real;

import io.stretchc.cli.Main;
import io.stretchc.cli.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What a command line of the product said, and how it ended. */
record Stretchc(int code, String out, String err) {
    static Stretchc run(Map<String, String> environment, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                InputStream.nullInputStream(),
                environment,
                Terminal.NONE,
                arguments);
        return new Stretchc(code, out.toString(), err.toString());
    }
}
