package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stretchc.nats.KeyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program between pipes and devices, as a shell joins it. */
class PipeIT {
    private static final int PORT = 20_790;

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

    @Test
    void aLoginByNkeyLeavesNothingInTheTemporaryDirectory(@TempDir Path home) throws Exception {
        KeyFiles.Pair user = KeyFiles.freshUser();
        Path seed = Files.writeString(home.resolve("seed"), user.seed());
        Path temporary = Files.createDirectory(home.resolve("tmp"));
        Files.writeString(home.resolve("lone.conf"), """
                port: %d
                system_account: SYS
                accounts { SYS { users: [{ nkey: %s }] } }
                """.formatted(PORT, user.publicKey()));
        try (RealServer server = RealServer.start(Binaries.of("2.12.15"), home, "lone.conf", home, Map.of())) {
            await().until(() -> server.log().contains("Server is ready"));
            assertThat(shell("JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + temporary
                            + " $STRETCHC observe -s nats://127.0.0.1:" + PORT + " --nkey " + seed + " -o "
                            + home.resolve("snapshot.json")))
                    .contains("exit 0");
        }
        assertThat(temporary).isEmptyDirectory();
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
