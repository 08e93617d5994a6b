package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.compile.ConfigDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our digest of each compiled file is the one that nats-server prints of it. */
final class ConfigDigestIT {
    @ParameterizedTest
    @ValueSource(strings = {"2.12.15", "2.15.1"})
    void isThatOfTheServer(String version, @TempDir Path home) throws Exception {
        int told = 0;
        for (String topology : List.of("stretch", "three-site", "cross-region", "leaf")) {
            Path directory = Files.createDirectory(home.resolve(topology));
            Path out = Compiled.topology("topologies/" + topology + ".yaml", directory, Map.of());
            for (Path server : servers(out)) {
                Path accounts = server.resolve("../../accounts.conf").normalize();
                var ours = ConfigDigest.of(Files.readString(server), Files.readString(accounts));
                if (ours.isPresent()) {
                    assertThat(check(version, server, directory)).contains("(" + ours.get() + ")");
                    told++;
                }
            }
        }
        assertThat(told).isGreaterThan(30);
    }

    private static List<Path> servers(Path out) throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(f -> f.toString().endsWith(".conf") && !f.endsWith("accounts.conf"))
                    .sorted()
                    .toList();
        }
    }

    private static String check(String version, Path file, Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("check.txt");
        Process process = new ProcessBuilder(Binaries.of(version).toString(), "-t", "-c", file.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(log);
    }
}
