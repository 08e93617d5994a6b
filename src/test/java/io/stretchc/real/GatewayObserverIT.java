package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two clusters linked by gateways, with TLS and a login by nkey: one meta group, one snapshot, and no false alarm. */
@ExtendWith(FixedPorts.class)
final class GatewayObserverIT {
    @Test
    void linkedClustersAreOneMetaGroupAndNotASecondCluster(@TempDir Path home) throws Exception {
        var production = Production.in(home);
        Path binary = Binaries.of("2.12.15");
        Path seed = Files.writeString(
                home.resolve("admin.nk"), new String(production.admin().getSeed()));
        Path file = home.resolve("snapshot.json");
        try (var hub = RealCluster.boot(binary, production.out().resolve("PROD"), home, Production.ENVIRONMENT);
                var apac = RealCluster.boot(binary, production.out().resolve("PROD-APAC"), home)) {
            assertThat(hub.names()).hasSize(6);
            assertThat(apac.names()).hasSize(2);

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                Stretchc run = Stretchc.run(
                        Map.of("HOME", home.toString()),
                        "observe",
                        home.resolve("production.yaml").toString(),
                        "--nkey",
                        seed.toString(),
                        "--tlsca",
                        home.resolve("tls/ca.crt").toString(),
                        "-o",
                        file.toString());

                assertThat(run.code()).as(run.err()).isZero();
                assertWhole(ObservedCluster.read(file));
            });
        }
    }

    private static void assertWhole(ClusterSnapshot snapshot) {
        assertThat(snapshot.cluster()).isEqualTo("PROD");
        assertThat(snapshot.servers()).hasSize(8);
        assertThat(snapshot.members()).hasSize(6).allMatch(s -> s.site() != null);
        assertThat(snapshot.meta().now().leader()).isNotNull();
        assertThat(snapshot.meta().members())
                .allMatch(Member::healthy)
                .extracting(Member::label)
                .containsAll(List.of("apac_1", "apac_2", "east_1", "west_3"))
                .hasSize(8);
    }
}
