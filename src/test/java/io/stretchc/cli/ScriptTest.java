package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user meets them: see {@link Script} for the language of {@code src/test/scripts}. */
class ScriptTest {
    private static final Path SCRIPTS = Path.of("src/test/scripts");

    @TempDir
    Path temporary = Path.of("");

    @TestFactory
    Stream<DynamicTest> everyScriptRunsAsWritten() throws IOException {
        try (Stream<Path> all = Files.list(SCRIPTS)) {
            return all.sorted().toList().stream()
                    .map(s -> DynamicTest.dynamicTest(s.getFileName().toString(), () -> run(s)));
        }
    }

    private void run(Path script) throws IOException {
        assertThat(script.toString()).endsWith(".txtar");
        Path work = temporary.resolve(script.getFileName().toString());
        Files.createDirectory(work);
        new Script(script, work).run();
    }

    @Test
    void aRunThatFailsUnexpectedlyFailsTheScript() throws IOException {
        Path script = Files.writeString(temporary.resolve("s.txtar"), "exec stretchc validate $WORK/none.yaml\n");

        assertThatThrownBy(() -> new Script(script, temporary).run()).isInstanceOf(AssertionError.class);
    }

    @Test
    void anOutputThatDiffersFailsTheScript() throws IOException {
        String text = "exec stretchc explain XX123\nexit 2\nstdout -\nstderr err\n-- err --\nall is well\n";
        Path script = Files.writeString(temporary.resolve("s.txtar"), text);

        assertThatThrownBy(() -> new Script(script, temporary).run()).hasMessageContaining("s.txtar:4");
    }
}
