package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say of a real cluster in health and after the loss of a site. */
final class StatusIT {
    private static final int PORTS = 170;

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    void namesTheStateOfARealCluster(String version, @TempDir Path home) throws Exception {
        try (var observed = ObservedCluster.boot(version, home, PORTS);
                var view = SystemView.connect(ObservedCluster.client(PORTS)
                        .userInfo("admin", "stretch")
                        .build());
                var user = Client.connect(ObservedCluster.client(PORTS)
                        .userInfo("acc1", "stretch")
                        .build())) {
            observed.cluster().awaitMetaGroup(view, ObservedCluster.SIX);
            Streams.place(user, "foo", "ha:1");
            String topology = observed.topology().toString();

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Stretchc healthy = status(topology, "--exit-code");
                assertThat(healthy.out()).contains("healthy: 6 of 6 servers answer");
                assertThat(healthy.code()).isZero();
            });

            for (String name : List.of("us_1", "us_2", "us_3")) {
                observed.cluster().kill(name);
            }
            Stretchc lost = status(topology);
            assertThat(lost.code()).isZero();
            assertThat(lost.out())
                    .contains("no meta quorum: 3 of 6 members answer, 4 are needed")
                    .contains("us    0 of 3  preferred for the meta leader, nobody answers")
                    .contains("stretchc plan recover --lost us " + topology);
            assertThat(status(topology, "--exit-code").code()).isEqualTo(3);
        }
    }

    private static Stretchc status(String topology, String... more) {
        return run("status", topology, more);
    }

    private static Stretchc run(String command, String topology, String... more) {
        var words = new ArrayList<>(List.of(command, topology));
        words.addAll(List.of(more));
        return Stretchc.run(ObservedCluster.ENVIRONMENT, words.toArray(String[]::new));
    }
}
