package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.JetStreamApiException;
import io.stretchc.ledger.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two of three replicas come back with empty disks while the third is down: up to 2.14 they elect an empty leader, and what
 * was acknowledged before is gone. The audit says exactly what.
 */
final class EmptyQuorumIT {
    private static final int PORTS = 183;
    private static final String STREAM = "LOAD_R3";

    @Test
    void theAuditSaysExactlyWhatIsLost(@TempDir Path home) throws Exception {
        Path ledger = home.resolve("ledger.jsonl");
        var lines = new LedgerFileLines(ledger);
        try (var observed = ObservedCluster.boot("2.10.27", home, PORTS);
                var view = SystemView.connect(ObservedCluster.client(PORTS)
                        .userInfo("admin", "stretch")
                        .build())) {
            observed.cluster().awaitMetaGroup(view, ObservedCluster.SIX);
            var load = CompletableFuture.supplyAsync(() -> Stretchc.run(
                    ObservedCluster.ENVIRONMENT,
                    "lab",
                    "load",
                    observed.topology().toString(),
                    "--streams",
                    "r3",
                    "--tag",
                    "ha:1",
                    "--rate",
                    "100",
                    "--for",
                    "22s",
                    "--ledger",
                    ledger.toString()));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> load.isDone() || lines.acked(STREAM).size() > 200);

            observed.cluster().kill("emea_1");
            observed.cluster().kill("us_1");
            observed.cluster().kill("us_2");
            for (String name : new String[] {"us_1", "us_2"}) {
                wipe(home.resolve(name));
                observed.cluster().start("servers/" + name + ".conf");
            }
            int before = lines.acked(STREAM).size();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> load.isDone() || lines.acked(STREAM).size() > before + 50);
            observed.cluster().start("servers/emea_1.conf");
            Stretchc loaded = load.get();
            assertThat(loaded.code()).as(loaded.toString()).isZero();

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
                    "5s");
            assertThat(audit.code()).as(audit.toString()).isEqualTo(3);
            JsonNode stream = SystemView.json(audit.out()).path("streams").get(0);
            var lost = new TreeSet<>(lines.acked(STREAM));
            lost.removeAll(stored());
            assertThat(lost).as("what this test itself finds missing").hasSizeGreaterThan(150);
            JsonNode told = stream.path("lost");
            assertThat(told.path("messages").asInt()).as(audit.out()).isEqualTo(lost.size());
            assertThat(told.path("prefix").path("messages").asInt()).isEqualTo(lost.size());
            assertThat(intervals(told.path("prefix").path("intervals"))).isEqualTo(lost);
            assertThat(told.path("rpo_seconds").asDouble()).isGreaterThan(1);
            assertThat(stream.path("leader").asText()).isIn("us_1", "us_2");
            // emea_1 is often left with its old messages at the sequences of the new ones, and calls itself current
            assertThat(stream.path("diverged")).allSatisfy(d -> {
                assertThat(d.path("server").asText()).isEqualTo("emea_1");
                assertThat(d.path("leader_has")).isNotEqualTo(d.path("server_has"));
            });
        }
    }

    private static Set<String> intervals(JsonNode texts) {
        var all = new TreeSet<String>();
        for (JsonNode text : texts) {
            String[] parts = text.asText().split("[:-]", -1);
            for (int n = Integer.parseInt(parts[1]); n <= Integer.parseInt(parts[parts.length - 1]); n++) {
                all.add(parts[0] + ":" + n);
            }
        }
        return all;
    }

    /** What the leader gives, sequence by sequence. */
    private static Set<String> stored() throws IOException, JetStreamApiException {
        var stored = new TreeSet<String>();
        try (var user = Client.connect(
                ObservedCluster.client(PORTS).userInfo("acc1", "stretch").build())) {
            var manage = user.connection().jetStreamManagement();
            var state = manage.getStreamInfo(STREAM).getStreamState();
            for (long s = state.getFirstSequence(); s <= state.getLastSequence(); s++) {
                String text = new String(manage.getMessage(STREAM, s).getData(), StandardCharsets.UTF_8);
                Payload.parse(text).ifPresent(p -> stored.add(p.writer() + ":" + p.counter()));
            }
        }
        return stored;
    }

    private static void wipe(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
