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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code nats-server -t} of every compiled file, on four generations, beside what {@code validate} says of the topology
 * on that version. Both agree, but for what a server notices at its start only: {@code no_auth_user} with an nkey on 2.9.
 */
final class ConfigurationIT {
    @ParameterizedTest
    @CsvSource({
        "stretch, STRETCH, 2.9.10, true, true",
        "stretch, STRETCH, 2.10.27, true, true",
        "stretch, STRETCH, 2.12.15, true, true",
        "stretch, STRETCH, 2.15.1, true, true",
        "three-site, TRIAD, 2.9.10, false, false",
        "three-site, TRIAD, 2.10.27, true, true",
        "three-site, TRIAD, 2.12.15, true, true",
        "three-site, TRIAD, 2.15.1, true, true",
        "cross-region, GLOBE, 2.9.10, false, false",
        "cross-region, GLOBE, 2.10.27, true, true",
        "cross-region, GLOBE, 2.12.15, true, true",
        "cross-region, GLOBE, 2.15.1, true, true",
        "leaf, BACKBONE, 2.9.10, true, false",
        "leaf, BACKBONE, 2.10.27, true, true",
        "leaf, BACKBONE, 2.12.15, true, true",
        "leaf, BACKBONE, 2.15.1, true, true"
    })
    void serversTakeTheFilesOfWhatTheVersionHas(
            String topology, String cluster, String version, boolean taken, boolean valid, @TempDir Path home)
            throws Exception {
        List<String> refused = refused(Binaries.of(version), Path.of("out", cluster), home, Map.of());

        assertThat(refused.isEmpty()).as(() -> String.join("\n", refused)).isEqualTo(taken);
        assertThat(valid("topologies/" + topology + ".yaml", version)).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"2.9.10, false", "2.10.27, true", "2.12.15, true", "2.15.1, true"})
    void productionFilesAreTakenWithCertificatesAndKeys(String version, boolean taken, @TempDir Path home)
            throws Exception {
        var production = Production.in(home);

        List<String> refused = refused(Binaries.of(version), production.out(), home, Production.ENVIRONMENT);

        assertThat(refused.isEmpty()).as(() -> String.join("\n", refused)).isEqualTo(taken);
        assertThat(valid("topologies/production.yaml", version)).isEqualTo(taken);
    }

    /** What the server says of each file that it does not take. */
    private static List<String> refused(Path binary, Path directory, Path home, Map<String, String> environment)
            throws IOException, InterruptedException {
        var refused = new ArrayList<String>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory.toAbsolutePath())) {
            files = all.filter(f -> f.toString().matches(".*/(servers|arbiters|stand-ins|replacements)/[^/]+\\.conf"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(4);
        for (Path file : files) {
            Path log = home.resolve("check.log");
            var builder = new ProcessBuilder(binary.toString(), "-t", "-c", file.toString())
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process check = builder.start();
            assertThat(check.waitFor(20, TimeUnit.SECONDS)).isTrue();
            if (check.exitValue() != 0) {
                refused.add(Files.readString(log));
            }
        }
        return refused;
    }

    private static boolean valid(String topology, String version) {
        var out = new StringWriter();
        int code = Main.run(
                new PrintWriter(out),
                new PrintWriter(out),
                InputStream.nullInputStream(),
                Map.of(),
                Terminal.NONE,
                "validate",
                topology,
                "--server-version",
                version);
        assertThat(code).as(out.toString()).isIn(0, 1);
        return code == 0;
    }
}
