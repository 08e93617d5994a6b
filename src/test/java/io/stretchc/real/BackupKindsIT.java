package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.Mirror;
import io.nats.client.api.ObjectStoreConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.Source;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams that are more than messages: each comes back as what it was, and goes on as that. On 2.15.1 a stream whose source
 * is restored as well takes all of it once more, with {@code nats stream restore}, too; it is said, and is so here. There,
 * too, a consumer begins again after its last acknowledgement, and what was delivered without counts as never delivered.
 */
@DisabledOnOs(OS.WINDOWS)
final class BackupKindsIT {
    private static final int PORTS = 21_200;
    private static final int MESSAGES = 40;
    private static final List<String> STREAMS = List.of("OBJ_store", "mirror", "origin", "sourced", "work");
    private static final Duration LONG = Duration.ofSeconds(90);

    @Test
    @Tag("long")
    void everyKindComesBackAndGoesOn(@TempDir Path home) throws Exception {
        everyKind("2.12.15", home);
    }

    /** Before 2.15 a stream in memory is named as what there is no backup of; from then on it comes back as well. */
    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.15.1"})
    void everyKindComesBackAndGoesOnElsewhere(String version, @TempDir Path home) throws Exception {
        everyKind(version, home);
    }

    private static void everyKind(String version, Path home) throws Exception {
        boolean memory = version.startsWith("2.15.");
        boolean twice = memory;
        try (var lab = BackupLab.up(home, version, PORTS, "");
                var client = lab.client()) {
            byte[] object = new byte[300_000];
            new Random(1).nextBytes(object);
            fill(client, object);
            Map<String, Contents> before = contents(client, memory);

            String out = home.resolve("out").toString();
            Stretchc made = lab.run("backup", lab.topology(), "--out", out);
            assertThat(made.code()).as(made.toString()).isEqualTo(memory ? 0 : 3);
            assertThat(made.out().lines().filter(l -> l.startsWith("acc1 memory: ")))
                    .singleElement()
                    .asString()
                    .contains(memory ? "5 messages" : "no archive");
            delete(client);
            Stretchc restored = lab.good("restore-stream", out, "--topology", lab.topology());
            assertThat(restored.err().contains("note: the stream `sourced` takes from `origin`"))
                    .isEqualTo(twice);

            await().atMost(LONG)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(differing(contents(client, memory), before))
                            .isEqualTo(memory ? List.of("sourced", "work") : List.of()));
            var stored = new ByteArrayOutputStream();
            client.connection().objectStore("store").get("one object", stored);
            assertThat(stored.toByteArray()).isEqualTo(object);
            followOn(client, "mirror", before, MESSAGES);
            followOn(client, "sourced", before, twice ? 2 * MESSAGES : MESSAGES);
            workOn(client);
        }
    }

    /** A mirror and a stream with sources keep what they had, and take what comes after it. */
    private static void followOn(Client client, String name, Map<String, Contents> before, int has) throws Exception {
        JetStreamManagement manage = client.connection().jetStreamManagement();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(count(manage, name)).as(name).isGreaterThanOrEqualTo(has));
        long had = count(manage, name);
        client.connection().jetStream().publish("origin.1", "after".getBytes(StandardCharsets.UTF_8));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(count(manage, name)).as(name).isGreaterThan(had));
        List<String> was = Objects.requireNonNull(before.get(name)).messages();
        List<String> is = Contents.of(client, name).messages();
        assertThat(is.subList(1, MESSAGES + 1)).as(name).isEqualTo(was.subList(1, was.size()));
        assertThat(is.get(is.size() - 1)).as(name).endsWith(" YWZ0ZXI=");
        assertThat(is).as(name).hasSizeLessThanOrEqualTo(has + 3);
    }

    private static List<String> differing(Map<String, Contents> is, Map<String, Contents> was) {
        return is.keySet().stream()
                .filter(name -> !Objects.equals(is.get(name), was.get(name)))
                .toList();
    }

    /** What was acknowledged is gone; what was delivered without, and what was not, is delivered, each of it. */
    private static void workOn(Client client) throws Exception {
        var left = new TreeSet<String>();
        for (int i = 5; i < 20; i++) {
            left.add("work " + i);
        }
        var pull = client.connection().jetStream().subscribe("work", PullSubscribeOptions.bind("work", "worker"));
        var got = new TreeSet<String>();
        await().atMost(LONG).untilAsserted(() -> {
            for (Message m : pull.fetch(20, Duration.ofSeconds(1))) {
                got.add(new String(m.getData(), StandardCharsets.UTF_8));
                m.ackSync(Duration.ofSeconds(5));
            }
            assertThat(got).isEqualTo(left);
        });
        JetStreamManagement manage = client.connection().jetStreamManagement();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(count(manage, "work")).isZero());
    }

    private static long count(JetStreamManagement manage, String stream) throws IOException, JetStreamApiException {
        return manage.getStreamInfo(stream).getStreamState().getMsgCount();
    }

    private static void fill(Client client, byte[] object) throws Exception {
        delete(client);
        JetStreamManagement manage = client.connection().jetStreamManagement();
        var stream = client.connection().jetStream();
        manage.addStream(named("origin").subjects("origin.*").replicas(3).build());
        manage.addStream(named("work")
                .subjects("work")
                .replicas(3)
                .retentionPolicy(RetentionPolicy.WorkQueue)
                .build());
        manage.addStream(named("memory")
                .subjects("memory")
                .storageType(StorageType.Memory)
                .build());
        for (int i = 0; i < MESSAGES; i++) {
            stream.publish("origin." + i % 3, ("message " + i).getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < 5; i++) {
            stream.publish("memory", ("memory " + i).getBytes(StandardCharsets.UTF_8));
        }
        manage.addStream(named("mirror")
                .replicas(3)
                .mirror(Mirror.builder().name("origin").build())
                .build());
        manage.addStream(named("sourced")
                .addSource(Source.builder().name("origin").build())
                .build());
        work(client);
        client.connection()
                .objectStoreManagement()
                .create(ObjectStoreConfiguration.builder("store").replicas(3).build());
        client.connection().objectStore("store").put("one object", object);
        for (String name : List.of("mirror", "sourced")) {
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(count(manage, name)).as(name).isEqualTo(MESSAGES));
        }
    }

    /** Twenty messages: five acknowledged, five delivered without, ten not delivered. */
    private static void work(Client client) throws Exception {
        var stream = client.connection().jetStream();
        for (int i = 0; i < 20; i++) {
            stream.publish("work", ("work " + i).getBytes(StandardCharsets.UTF_8));
        }
        client.connection()
                .jetStreamManagement()
                .addOrUpdateConsumer(
                        "work",
                        ConsumerConfiguration.builder()
                                .durable("worker")
                                .filterSubject("work")
                                .ackWait(Duration.ofSeconds(2))
                                .build());
        var pull = stream.subscribe("work", PullSubscribeOptions.bind("work", "worker"));
        var fetched = new ArrayList<Message>(); // no server listens before the consumer has its leader
        await().atMost(LONG).untilAsserted(() -> {
            fetched.addAll(pull.fetch(10 - fetched.size(), Duration.ofSeconds(1)));
            assertThat(fetched).hasSize(10);
        });
        for (Message m : fetched.subList(0, 5)) {
            m.ackSync(Duration.ofSeconds(5));
        }
        pull.unsubscribe();
    }

    private static StreamConfiguration.Builder named(String name) {
        return StreamConfiguration.builder().name(name).storageType(StorageType.File);
    }

    private static Map<String, Contents> contents(Client client, boolean memory) throws Exception {
        var all = new TreeMap<String, Contents>();
        for (String stream : STREAMS) {
            all.put(stream, Contents.of(client, stream));
        }
        if (memory) {
            all.put("memory", Contents.of(client, "memory"));
        }
        return all;
    }

    private static void delete(Client client) throws Exception {
        JetStreamManagement manage = client.connection().jetStreamManagement();
        for (String stream : manage.getStreamNames()) {
            manage.deleteStream(stream);
        }
    }
}
