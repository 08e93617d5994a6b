package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load through the sudden death and return of a server that leads: nothing that was acknowledged is lost. */
final class LoadUnderFaultsIT {
    private static final int PORTS = 182;

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    void nothingIsLostWhenOneServerDiesAndReturns(String version, @TempDir Path home) throws Exception {
        Path ledger = home.resolve("ledger.jsonl");
        var lines = new LedgerFileLines(ledger);
        try (var observed = ObservedCluster.boot(version, home, PORTS);
                var view = SystemView.connect(ObservedCluster.client(PORTS)
                        .userInfo("admin", "stretch")
                        .build());
                var user = Client.connect(ObservedCluster.client(PORTS)
                        .userInfo("acc1", "stretch")
                        .build())) {
            observed.cluster().awaitMetaGroup(view, ObservedCluster.SIX);
            var load = CompletableFuture.supplyAsync(() -> Stretchc.run(
                    ObservedCluster.ENVIRONMENT,
                    "lab",
                    "load",
                    observed.topology().toString(),
                    "--for",
                    "12s",
                    "--ledger",
                    ledger.toString()));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> load.isDone() || lines.acked("LOAD_R3").size() > 100);

            String leader = Streams.leader(user, "LOAD_R3");
            observed.cluster().kill(leader);
            int before = lines.acked("LOAD_R3").size();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> load.isDone() || lines.acked("LOAD_R3").size() > before + 100);
            observed.cluster().start("servers/" + leader + ".conf");

            Stretchc loaded = load.get();
            assertThat(loaded.code()).as(loaded.toString()).isZero();
            assertThat(loaded.out()).contains("LOAD_R1", "LOAD_R3", "KV_LOAD", "LOAD_WQ");
            Stretchc audit = Stretchc.run(
                    ObservedCluster.ENVIRONMENT,
                    "lab",
                    "audit",
                    observed.topology().toString(),
                    "--ledger",
                    ledger.toString(),
                    "--format",
                    "json",
                    "--patience",
                    "60s");
            assertThat(audit.code()).as(audit.toString()).isZero();
            JsonNode report = SystemView.json(audit.out());
            assertThat(report.path("verdict").asText()).isEqualTo("kept");
            assertThat(report.path("ledger_complete").asBoolean()).isTrue();
            assertThat(report.path("streams")).hasSize(4).allSatisfy(s -> {
                assertThat(s.path("acked").asLong()).as("%s", s).isGreaterThan(100);
                assertThat(s.path("lost").path("messages").asLong()).isZero();
            });
            JsonNode r3 = report.path("streams").get(1);
            assertThat(r3.path("copies")).hasSize(3);
            assertThat(r3.path("longest_without_ack").path("seconds").asDouble())
                    .as("an election was felt")
                    .isGreaterThan(0.2);
        }
    }
}
