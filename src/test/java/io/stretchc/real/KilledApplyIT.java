package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code apply} killed with SIGKILL after each result and in the middle of each call of one recovery. */
@DisabledOnOs(OS.WINDOWS)
final class KilledApplyIT {
    private static final int PORTS = 17_600;

    @ParameterizedTest
    @CsvSource("2.10.27, 'emea_1,emea_2,emea_3'")
    void comesToTheSameEndHoweverOftenItIsKilled(String version, String members, @TempDir Path home) throws Exception {
        killed(version, members, home);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"2.12.15, 'emea_1,emea_2,emea_3,us_1,us_2,us_3'", "2.15.1, 'emea_1,emea_2,emea_3'"})
    void soItDoesOnLaterReleases(String version, String members, @TempDir Path home) throws Exception {
        killed(version, members, home);
    }

    private static void killed(String version, String members, Path home) throws Exception {
        try (var night = Nights.up(home, PORTS, version)) {
            night.lose();
            var met = new HashSet<String>();
            int kills = 0;
            while (true) {
                Process apply = night.start();
                if (!killedAtSomethingNew(apply, night, met)) {
                    assertThat(apply.exitValue())
                            .as(Files.readString(night.said()))
                            .isZero();
                    break;
                }
                kills++;
            }
            int steps = night.entries().get(0).path("steps").asInt();
            assertThat(new HashSet<>(night.events("done"))).hasSize(steps);
            assertThat(kills).as("kills").isGreaterThanOrEqualTo(steps);
            assertThat(night.events("run").size())
                    .as("runs")
                    .isBetween(kills, kills + 1); // a kill after the end leaves nothing to do
            night.assertRecovered(List.of(members.split(",", -1)));
        }
    }

    /** Kills it as soon as a result or a call stands in the journal that no run before it came to; false if it ends first. */
    private static boolean killedAtSomethingNew(Process apply, Nights night, Set<String> met) throws Exception {
        await().atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !apply.isAlive() || marks(night).stream().anyMatch(m -> !met.contains(m)));
        boolean killed = apply.isAlive();
        apply.destroyForcibly();
        assertThat(apply.waitFor(20, TimeUnit.SECONDS)).isTrue();
        met.addAll(marks(night));
        return killed;
    }

    private static Set<String> marks(Nights night) throws IOException {
        var marks = new HashSet<String>();
        for (JsonNode e : night.entries()) {
            String event = e.path("event").asText();
            if (event.equals("done") || event.equals("call")) {
                marks.add(event + " " + e.path("step").asText());
            }
        }
        return marks;
    }
}
