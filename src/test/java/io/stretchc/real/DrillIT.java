package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nights under load, all of it by the product's commands: a site lost and got back, once by each way of getting a quorum
 * back, and what else is rehearsed, each on one release.
 */
final class DrillIT {
    private static final int FIRST = 17_500;

    @TempDir
    private Path home = Path.of("");

    /** Whatever a drill leaves, this ends; only what has a configuration below the test's own directory. */
    @AfterEach
    void down() {
        ProcessHandle.allProcesses()
                .filter(p ->
                        p.info().arguments().stream().flatMap(Stream::of).anyMatch(a -> a.startsWith(home.toString())))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @ParameterizedTest
    @CsvSource({"2.10.27, arbiter", "2.12.8, new servers", "2.12.15, stand-ins", "2.15.1, rescue"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aSiteIsLostAndComesBack(String version, String technique) throws Exception {
        JsonNode report = drill("recover", version);

        assertThat(report.path("outcome").asText()).as("%s", report).isEqualTo("passed");
        assertThat(report.path("technique").asText()).isEqualTo(technique);
        assertThat(report.path("rto").path("every_stream_back").asBoolean()).isTrue();
        assertThat(report.path("rpo").path("lost_though_held").asLong(-1)).isZero();
        assertThat(report.path("applied")).hasSize(2);
        assertThat(report.path("streams"))
                .hasSize(5)
                .allSatisfy(s -> assertThat(s.path("acked").asLong()).isGreaterThan(50));
        assertThat(Files.readString(home.resolve("out/report.html"), StandardCharsets.UTF_8))
                .contains("passed", "How long clients waited");
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"2.9.10", "2.15.1"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aSiteComesBackUnderItsOldNames(String version) throws Exception {
        JsonNode report = drill("same-names", version);

        assertThat(report.path("outcome").asText()).as("%s", report).isEqualTo("passed");
        assertThat(report.path("rpo").path("lost_though_held").asLong(-1)).isZero();
        assertThat(report.path("applied")).hasSize(2);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"fallback, 2.10.27, 2", "replace, 2.15.1, 1", "readmit, 2.10.27, 1", "purge, 2.12.15, 1"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void nothingAcknowledgedIsLostAndTheClusterIsWhole(String scenario, String version, int plans) throws Exception {
        JsonNode report = drill(scenario, version);

        assertThat(report.path("outcome").asText()).as("%s", report).isEqualTo("passed");
        assertThat(report.path("technique").asText()).isEqualTo("none needed");
        assertThat(report.path("rpo").path("lost").asLong(-1)).isZero();
        assertThat(report.path("applied")).hasSize(plans);
    }

    private JsonNode drill(String scenario, String version) throws Exception {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("STRETCHC_STATE", home.toString());
        Stretchc drill = Stretchc.run(
                environment,
                "drill",
                "topologies/stretch.yaml",
                "--scenario",
                scenario,
                "--server-version",
                version,
                "--ports",
                Integer.toString(FIRST),
                "--rate",
                "50",
                "--out",
                home.resolve("out").toString(),
                "--format",
                "json");
        assertThat(drill.code()).as(drill.err() + drill.out()).isZero();
        assertThat(Files.readString(home.resolve("out/junit.xml"), StandardCharsets.UTF_8))
                .doesNotContain("<failure");
        return SystemView.json(drill.out());
    }
}
