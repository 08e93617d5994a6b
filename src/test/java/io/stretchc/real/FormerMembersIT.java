package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A removed server is a member again, and traces of former ones go, under load; all of it by the product's commands. */
final class FormerMembersIT {
    private static final int FIRST = 21_700;

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
    @CsvSource({"readmit, 2.10.27", "purge, 2.12.15"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void nothingAcknowledgedIsLostAndTheClusterIsWhole(String scenario, String version) throws Exception {
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
        JsonNode report = SystemView.json(drill.out());
        assertThat(report.path("outcome").asText()).as("%s", report).isEqualTo("passed");
        assertThat(report.path("rpo").path("lost_though_held").asLong(-1)).isZero();
        assertThat(report.path("applied")).hasSize(1);
    }
}
