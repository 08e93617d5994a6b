package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.cli.Main;
import io.stretchc.cli.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Topologies compiled for a test. */
final class Compiled {
    private Compiled() {}

    /**
     * Compiles a topology after some texts in it were replaced.
     *
     * @return the output directory, with a directory for each cluster
     */
    static Path topology(String file, Path directory, Map<String, String> replaced) throws IOException {
        String text = Files.readString(Path.of(file));
        for (Map.Entry<String, String> e : replaced.entrySet()) {
            assertThat(text).as(file).contains(e.getKey());
            text = text.replace(e.getKey(), e.getValue());
        }
        return text(Path.of(file).getFileName().toString(), text, directory);
    }

    /** Compiles a topology given as text. */
    static Path text(String name, String text, Path directory) throws IOException {
        Path topology = Files.writeString(directory.resolve(name), text);
        Path out = directory.resolve("out");
        var messages = new StringWriter();
        int code = Main.run(
                new PrintWriter(messages),
                new PrintWriter(messages),
                InputStream.nullInputStream(),
                Map.of(),
                Terminal.NONE,
                "compile",
                topology.toString(),
                "--out",
                out.toString());
        assertThat(code).as(messages.toString()).isZero();
        return out;
    }
}
