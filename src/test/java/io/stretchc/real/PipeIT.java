package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The packaged program between pipes and devices, as a shell joins it. */
class PipeIT {
    @Test
    void aTopologyComesThroughAPipe() throws Exception {
        assertThat(shell("cat topologies/stretch.yaml | $STRETCHC validate -"))
                .contains("exit 0")
                .contains("0 errors");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNotTakenForSuccess() throws Exception {
        assertThat(shell("$STRETCHC explain >/dev/full")).contains("exit 6").contains("not complete");
    }

    @Test
    void aReaderThatHasEnoughIsNoFault() throws Exception {
        // the reader is gone long before a Java process has something to say, so that its writing fails
        assertThat(shell("{ $STRETCHC explain; echo explained $? >&2; } | true"))
                .contains("explained 0")
                .doesNotContain("not complete");
    }

    private static String shell(String line) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var builder = new ProcessBuilder("sh", "-c", line + "; echo exit $?").redirectErrorStream(true);
        builder.environment().put("STRETCHC", java + " -jar target/stretchc.jar");
        assertThat(Files.exists(Path.of("target/stretchc.jar"))).isTrue();
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
