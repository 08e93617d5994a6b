package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stream that lived in the lost site only comes back from its backup, also when {@code apply} is killed meanwhile. */
@DisabledOnOs(OS.WINDOWS)
final class LostStreamIT {
    private static final int PORTS = 20_600;
    private static final int MESSAGES = 300;
    private static final String STREAM =
            "  - { name: usr3, account: acc1, subjects: [\"usr3.*\"], replicas: 3, placement: us }\n";

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"2.10.27, 0", "2.12.15, 150", "2.15.1, 150"})
    void itComesBackAfterApplyWasKilledInTheMiddle(String version, int millis, @TempDir Path home) throws Exception {
        try (var lab = BackupLab.up(home, version, PORTS, STREAM);
                var client = lab.client()) {
            fill(client);
            Contents before = Contents.of(client, "usr3");
            Path backups = home.resolve("backups");
            lab.good(
                    "backup", lab.topology(), "--out", backups.resolve("monday").toString());
            client.connection().jetStream().publish("usr3.late", new byte[10]);
            lab.good("lab", "kill", "us");
            Path plan = home.resolve("plan.yaml");
            lab.good(
                    "plan",
                    "recover",
                    "--lost",
                    "us",
                    lab.topology(),
                    "--backups",
                    backups.toString(),
                    "-o",
                    plan.toString());
            assertThat(Files.readString(plan))
                    .contains("It comes back from the backup of ", MESSAGES + " messages up to sequence " + MESSAGES);

            damagedIsRefused(lab, backups, plan);
            kill(lab, backups, plan, millis);
            Stretchc again = lab.run(apply(plan, backups));
            assertThat(again.code()).as(again.toString()).isZero();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertThat(Contents.of(client, "usr3")).isEqualTo(before));
        }
    }

    private static void damagedIsRefused(BackupLab lab, Path backups, Path plan) throws IOException {
        assertThat(lab.run("apply", plan.toString(), "--approve", id(plan), "--attest-lost", "us", "--reason", "a test")
                        .err())
                .contains("name the directory that it was made with, with `--backups`");
        Path file = backups.resolve("monday/acc1/usr3/backup.json");
        String good = Files.readString(file);
        Files.writeString(file, good + " ");
        Stretchc refused = lab.run(apply(plan, backups));
        assertThat(refused.code()).as(refused.toString()).isEqualTo(4);
        assertThat(refused.err()).contains("usr3` is not used. ");
        Files.writeString(file, good);
    }

    private static void kill(BackupLab lab, Path backups, Path plan, int millis) throws Exception {
        var builder = new ProcessBuilder(command(apply(plan, backups)))
                .redirectErrorStream(true)
                .redirectOutput(plan.resolveSibling("said.txt").toFile());
        builder.environment().putAll(lab.environment());
        Process process = builder.start();
        Path journal = plan.resolveSibling("plan.yaml.journal.jsonl");
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(5))
                .ignoreExceptions()
                .until(() -> Files.readString(journal).contains("\"event\":\"call\",\"step\":\"restore-acc1-usr3\""));
        assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).isFalse();
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        assertThat(Files.readString(journal)).doesNotContain("\"event\":\"done\",\"step\":\"restore-acc1-usr3\"");
    }

    private static String[] command(String[] words) {
        String[] all = new String[words.length + 1];
        all[0] = "./stretchc";
        System.arraycopy(words, 0, all, 1, words.length);
        return all;
    }

    private static String[] apply(Path plan, Path backups) throws IOException {
        return new String[] {
            "apply",
            plan.toString(),
            "--backups",
            backups.toString(),
            "--no-copy-stores",
            "--approve",
            id(plan),
            "--attest-lost",
            "us",
            "--reason",
            "a test"
        };
    }

    private static String id(Path plan) throws IOException {
        return Files.readString(plan).replaceAll("(?s).*\nid: \"sha256:(\\w+)\".*", "$1");
    }

    private static void fill(Client client) throws Exception {
        var random = new Random(2);
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] data = new byte[50_000];
            random.nextBytes(data);
            last = client.connection().jetStream().publishAsync("usr3." + i % 3, data);
        }
        last.get(60, TimeUnit.SECONDS);
        client.connection()
                .jetStreamManagement()
                .addOrUpdateConsumer(
                        "usr3",
                        io.nats.client.api.ConsumerConfiguration.builder()
                                .durable("dur")
                                .build());
    }
}
