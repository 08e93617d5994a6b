package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A load that somebody ends with Ctrl-C, on a stream that was there before. */
@DisabledOnOs(OS.WINDOWS)
final class LoadInterruptIT {
    private static final int PORTS = 184;

    @Test
    void anInterruptedLoadLeavesAWholeLedger(@TempDir Path home) throws Exception {
        Path ledger = home.resolve("ledger.jsonl");
        var lines = new LedgerFileLines(ledger);
        try (var observed = ObservedCluster.boot("2.12.15", home, PORTS);
                var view = SystemView.connect(ObservedCluster.client(PORTS)
                        .userInfo("admin", "stretch")
                        .build());
                var user = Client.connect(ObservedCluster.client(PORTS)
                        .userInfo("acc1", "stretch")
                        .build())) {
            observed.cluster().awaitMetaGroup(view, ObservedCluster.SIX);
            Streams.place(user, "foo", "ha:1");
            Process load = start(home, observed.topology(), ledger);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !load.isAlive() || lines.acked("foo").size() > 100);

            new ProcessBuilder("kill", "-INT", Long.toString(load.pid()))
                    .start()
                    .waitFor();

            assertThat(load.waitFor(40, TimeUnit.SECONDS)).isTrue();
            assertThat(load.exitValue()).isZero();
            String out = Files.readString(home.resolve("load.out"), StandardCharsets.UTF_8);
            assertThat(out).contains("foo ", "KV_LOAD ");
            assertThat(Files.getPosixFilePermissions(ledger)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            Stretchc audit = Stretchc.run(
                    ObservedCluster.ENVIRONMENT,
                    "lab",
                    "audit",
                    observed.topology().toString(),
                    "--ledger",
                    ledger.toString(),
                    "--format",
                    "json");
            assertThat(audit.code()).as(audit.toString()).isZero();
            JsonNode report = SystemView.json(audit.out());
            assertThat(report.path("ledger_complete").asBoolean()).isTrue();
            assertThat(report.path("streams")).hasSize(2).allSatisfy(s -> {
                assertThat(s.path("acked").asLong())
                        .isPositive()
                        .isEqualTo(s.path("messages").asLong());
                assertThat(s.path("copies")).hasSize(3);
            });
            assertThat(Stretchc.run(
                                    ObservedCluster.ENVIRONMENT,
                                    "lab",
                                    "load",
                                    observed.topology().toString(),
                                    "--ledger",
                                    ledger.toString())
                            .err())
                    .contains("is there already");
        }
    }

    private static Process start(Path home, Path topology, Path ledger) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var builder = new ProcessBuilder(
                        "env",
                        "--default-signal=INT", // a shell gives background jobs SIGINT ignored, and so their children
                        java.toString(),
                        "-jar",
                        "target/stretchc.jar",
                        "lab",
                        "load",
                        topology.toString(),
                        "--streams",
                        "kv",
                        "--stream",
                        "foo",
                        "--for",
                        "10m",
                        "--ledger",
                        ledger.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("load.out").toFile());
        builder.environment().putAll(ObservedCluster.ENVIRONMENT);
        return builder.start();
    }
}
