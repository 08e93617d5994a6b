package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** YM106: a file over 10 MB is refused before anybody tries to read it as YAML. */
class LargeFileTest {
    private static final int LIMIT = 10 * 1024 * 1024;

    @TempDir
    Path directory = Path.of("");

    @Test
    void aFileOverTheLimitIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("large.yaml"), comment(LIMIT + 1));

        var run = Invocation.of("validate", file.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEqualTo(file + """
                :1:1: error YM106: The file is larger than the 10 MB that are read.
                    fix: A topology of 1,000 servers takes less than 1 MB; put common values in `defaults`.
                """);
    }

    @Test
    void soIsStandardInput() {
        var run = Invocation.of(new ByteArrayInputStream(bytes(LIMIT + 1)), "validate", "-");

        assertThat(run.out()).contains("error YM106");
    }

    @Test
    void aFileAtTheLimitIsRead() {
        var run = Invocation.of(new ByteArrayInputStream(bytes(LIMIT)), "validate", "-");

        assertThat(run.out()).contains("error YM102: The file holds no document.");
    }

    @Test
    void aLineOverItsLimitIsRefused() {
        String text = "format: 1\n# " + "#".repeat(1024 * 1024) + "\n";

        var run = Invocation.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "validate", "-");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("""
                -:2:1: error YM106: This line has 1,048,578 characters; up to 1,048,576 are read.
                    fix: Check that this is a topology, and break the line.
                """);
    }

    private static byte[] bytes(int length) {
        return comment(length).getBytes(StandardCharsets.UTF_8);
    }

    private static String comment(int length) {
        return ("#".repeat(1023) + "\n").repeat(length / 1024) + "#".repeat(length % 1024);
    }
}
