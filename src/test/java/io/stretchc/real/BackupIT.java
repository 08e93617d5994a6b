package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of real streams, ours and those of the nats CLI, each restored by the other. */
@DisabledOnOs(OS.WINDOWS)
final class BackupIT {
    private static final int PORTS = 20_100;
    private static final int UNACKED = 500;
    private static final List<String> STREAMS = List.of("KV_bucket", "one", "orders");

    /** Message by message and consumer by consumer; where the machine has no nats CLI, ours by ours only. */
    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    void eitherToolRestoresTheOthers(String version, @TempDir Path home) throws Exception {
        eitherRestores(version, home, 400);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    void soItDoesWithAHundredThousandMessages(String version, @TempDir Path home) throws Exception {
        eitherRestores(version, home, 100_000);
    }

    private static void eitherRestores(String version, Path home, int messages) throws Exception {
        try (var lab = BackupLab.up(home, version, PORTS, "");
                var client = lab.client()) {
            fill(client, messages);
            Inventory before = Inventory.of(client, STREAMS, home.resolve("before"));
            Path ours = home.resolve("ours");
            Stretchc made = lab.good("backup", lab.topology(), "--out", ours.toString());
            assertThat(made.out())
                    .contains("acc1 orders: " + (messages - 10) + " messages, last sequence " + messages
                            + ", 1 consumer");
            assertThat(lab.good("backup", lab.topology(), "--out", ours.toString())
                            .out()
                            .lines())
                    .hasSize(3)
                    .allMatch(l -> l.contains("; there already, unchanged since "));

            Stretchc exists = lab.run("restore-stream", ours.toString(), "--topology", lab.topology());
            assertThat(exists.code()).isEqualTo(4);
            assertThat(exists.err()).contains("The stream `orders` of `acc1` exists.");
            delete(client);
            lab.good("restore-stream", ours.toString(), "--topology", lab.topology());
            assertThat(differing(client, before, home)).isEmpty();

            var found = NatsCli.find();
            assumeTrue(found.isPresent(), "the nats CLI is not on this machine (STRETCHC_NATS_CLI, PATH)");
            var cli = new NatsCli(found.orElseThrow(), home);
            delete(client);
            for (String stream : STREAMS) {
                // the CLI gives up where its server has not heard yet that another one listens to the pieces
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofSeconds(2))
                        .pollDelay(Duration.ZERO)
                        .untilAsserted(() -> cli.text(
                                lab.login("stream", "restore", "--no-progress", ours.resolve("acc1/" + stream))));
            }
            // 2.10.27 does not answer for consumers for some time after a restore
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(
                            () -> assertThat(differing(client, before, home)).isEmpty());

            Path theirs = home.resolve("theirs");
            cli.text(lab.login("account", "backup", "-f", "--consumers", theirs));
            delete(client);
            lab.good("restore-stream", theirs.toString(), "--account", "acc1", "--topology", lab.topology());
            assertThat(differing(client, before, home)).isEmpty();
        }
    }

    private static List<String> differing(Client client, Inventory before, Path home) throws Exception {
        return Inventory.of(client, STREAMS, home.resolve("now")).differences(before);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.12.15"})
    void soItDoesOnOtherReleases(String version, @TempDir Path home) throws Exception {
        eitherToolRestoresTheOthers(version, home);
    }

    /** What is damaged is refused with its reason, and no stream is made or changed; alone and in company. */
    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    void aDamagedBackupIsRefusedBeforeAnythingIsTouched(String version, @TempDir Path home) throws Exception {
        try (var lab = BackupLab.up(home, version, PORTS, "");
                var client = lab.client()) {
            fill(client);
            Path good = home.resolve("good");
            lab.good("backup", lab.topology(), "--out", good.toString());
            delete(client);

            for (boolean manifest : new boolean[] {true, false}) {
                for (Damage damage : Damage.values()) {
                    if (!manifest && damage == Damage.EDITED_MANIFEST) {
                        continue;
                    }
                    Path bad = home.resolve("bad-" + damage + "-" + manifest);
                    copy(good, bad);
                    damage.to(bad.resolve("acc1/orders"));
                    if (!manifest) {
                        Files.delete(bad.resolve("acc1/orders/stretchc.json"));
                    }
                    Stretchc refused = lab.run(
                            "restore-stream", bad.toString(), "--account", "acc1", "--topology", lab.topology());
                    assertThat(refused.code()).as(damage + ": " + refused).isEqualTo(1);
                    assertThat(refused.err()).contains("orders` is not used. ").doesNotContain("Exception");
                    assertThat(client.connection().jetStreamManagement().getStreamNames())
                            .isEmpty();
                    Stretchc looked = lab.run("restore-stream", bad.toString(), "--check");
                    assertThat(looked.code()).as(damage + ": " + looked).isEqualTo(1);
                    assertThat(looked.err().lines()).hasSize(1).allMatch(l -> l.contains("orders` is not used. "));
                    assertThat(looked.out().lines()).hasSize(2).allMatch(l -> l.contains(": whole, "));
                }
            }
            lab.good("restore-stream", good.toString(), "--topology", lab.topology());
        }
    }

    private enum Damage {
        TRUNCATED,
        FLIPPED_BIT,
        EMPTY,
        NO_ARCHIVE,
        NO_FILE,
        EDITED_MANIFEST;

        void to(Path backup) throws IOException {
            Path archive = backup.resolve("stream.tar.s2");
            if (!Files.exists(archive)) {
                archive = backup.resolve("stream.arc.s2");
            }
            byte[] bytes = Files.readAllBytes(archive);
            switch (this) {
                case TRUNCATED -> Files.write(archive, java.util.Arrays.copyOf(bytes, bytes.length - 20));
                case FLIPPED_BIT -> {
                    bytes[bytes.length / 2] ^= 4;
                    Files.write(archive, bytes);
                }
                case EMPTY -> Files.write(archive, new byte[0]);
                case NO_ARCHIVE -> Files.delete(archive);
                case NO_FILE -> Files.delete(backup.resolve("backup.json"));
                case EDITED_MANIFEST -> {
                    Path manifest = backup.resolve("stretchc.json");
                    Files.writeString(
                            manifest, Files.readString(manifest).replace("\"messages\" : 390", "\"messages\" : 400"));
                }
            }
        }
    }

    /** A run that is killed leaves no half backup, and the next one goes on where it stopped. */
    @Test
    void aKilledBackupGoesOn(@TempDir Path home) throws Exception {
        try (var lab = BackupLab.up(home, "2.12.15", PORTS, "");
                var client = lab.client()) {
            fill(client);
            Path out = home.resolve("out");
            lab.good("backup", lab.topology(), "--out", out.toString(), "--stream", "one");
            large(client);
            var builder = new ProcessBuilder(
                            "./stretchc", "backup", lab.topology(), "--out", out.toString(), "--window", "1")
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("said.txt").toFile());
            builder.environment().putAll(lab.environment());
            Process backup = builder.start();
            Path partial = out.resolve(".partial/acc1/large/fresh/arriving");
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(1))
                    .ignoreExceptions()
                    .until(() -> Files.size(partial) > 2_000_000);
            backup.destroyForcibly().waitFor(20, TimeUnit.SECONDS);

            assertThat(partial).exists();
            assertThat(out.resolve("acc1/large")).doesNotExist();
            assertThat(lab.run("restore-stream", out.toString(), "--stream", "large", "--check")
                            .code())
                    .isEqualTo(1);
            Stretchc again = lab.good("backup", lab.topology(), "--out", out.toString());
            assertThat(again.out()).contains("acc1 large: ").containsPattern("acc1 one: .*unchanged since");
            assertThat(out.resolve(".partial")).doesNotExist();
            Stretchc whole = lab.good("restore-stream", out.toString(), "--check");
            assertThat(whole.out().lines()).hasSize(4).allMatch(l -> l.contains(": whole, "));
        }
    }

    private static void fill(Client client) throws Exception {
        fill(client, 400);
    }

    private static void fill(Client client, int messages) throws Exception {
        delete(client); // what the topology declares is made by the lab
        var manage = client.connection().jetStreamManagement();
        manage.addStream(StreamConfiguration.builder()
                .name("orders")
                .subjects("orders.*")
                .replicas(3)
                .storageType(StorageType.File)
                .build());
        manage.addStream(StreamConfiguration.builder()
                .name("one")
                .subjects("one.*")
                .storageType(StorageType.File)
                .build());
        var stream = client.connection().jetStream();
        var sent = new ArrayDeque<CompletableFuture<PublishAck>>();
        for (int i = 0; i < messages; i++) {
            sent.add(stream.publishAsync(NatsMessage.builder()
                    .subject("orders." + i % 7)
                    .headers(new Headers().add("Number", "" + i).add("Two", "a", "b"))
                    .data(("order " + i + " ä").repeat(1 + i % 5).getBytes(StandardCharsets.UTF_8))
                    .build()));
            if (sent.size() > UNACKED) {
                sent.remove().get(30, TimeUnit.SECONDS);
            }
        }
        while (!sent.isEmpty()) {
            sent.remove().get(30, TimeUnit.SECONDS);
        }
        for (int i = 50; i < 60; i++) {
            manage.deleteMessage("orders", i);
        }
        stream.publish("one.x", new byte[0]);
        var buckets = client.connection().keyValueManagement();
        buckets.create(KeyValueConfiguration.builder()
                .name("bucket")
                .replicas(3)
                .maxHistoryPerKey(5)
                .build());
        var bucket = client.connection().keyValue("bucket");
        for (int i = 0; i < 30; i++) {
            bucket.put("key" + i % 4, "value " + i);
        }
        bucket.delete("key1");
        var pull = stream.subscribe(
                "orders.*", PullSubscribeOptions.builder().durable("dur").build());
        for (var message : pull.fetch(25, Duration.ofSeconds(5))) {
            message.ackSync(Duration.ofSeconds(5));
        }
        pull.unsubscribe();
    }

    private static void large(Client client) throws Exception {
        client.connection()
                .jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name("large")
                        .subjects("large")
                        .storageType(StorageType.File)
                        .build());
        var random = new Random(1);
        var last = client.connection().jetStream().publishAsync("large", new byte[1]);
        for (int i = 0; i < 400; i++) {
            byte[] data = new byte[200_000];
            random.nextBytes(data);
            last = client.connection().jetStream().publishAsync("large", data);
        }
        last.get(60, TimeUnit.SECONDS);
    }

    private static void delete(Client client) throws Exception {
        var manage = client.connection().jetStreamManagement();
        for (String stream : manage.getStreamNames()) {
            manage.deleteStream(stream);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path p : all.toList()) {
                Files.copy(p, to.resolve(from.relativize(p).toString()));
            }
        }
    }
}
