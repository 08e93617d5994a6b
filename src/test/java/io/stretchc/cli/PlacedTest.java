package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where results go: a name may lead elsewhere, or be no file at all. */
@DisabledOnOs(OS.WINDOWS)
final class PlacedTest {
    @TempDir
    private Path home;

    @Test
    void aLinkStaysAndWhatItLeadsToIsReplaced() throws Exception {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Path real = Files.writeString(elsewhere.resolve("real"), "old");
        Path link = Files.createSymbolicLink(home.resolve("link"), real);

        Path made = Placed.temporary(Placed.beside(link), "plan");
        Files.writeString(made, "new");
        Placed.move(made, link);

        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("new");
        assertThat(elsewhere).isDirectoryContaining(p -> p.equals(real.toAbsolutePath()));
    }

    @Test
    void aPipeIsWrittenToAndStays() throws Exception {
        Path pipe = home.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        Path made = Placed.temporary(Placed.beside(pipe), "plan");
        Files.writeString(made, "new");

        Placed.move(made, pipe);

        assertThat(new String(reader.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("new");
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(Placed.beside(pipe)).isNull();
        Files.deleteIfExists(made);
    }
}
