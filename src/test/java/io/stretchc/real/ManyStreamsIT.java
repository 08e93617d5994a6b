package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two thousand streams on three real servers, in one look. */
final class ManyStreamsIT {
    private static final int STREAMS = 2000;
    private static final int AT_A_TIME = 200;
    private static final System.Logger LOG = System.getLogger(ManyStreamsIT.class.getName());

    @Test
    void twoThousandStreamsAreSeenInOneLook(@TempDir Path home) throws Exception {
        Path out = Compiled.text("many.yaml", """
                format: 1
                cluster: { name: MANY, server_version: 2.12.15 }
                defaults: { listen: 127.0.0.1, host: 127.0.0.1, store_dir: "./{server}", sync_interval: 2m }
                sites:
                  - name: one
                    servers:
                      - { name: m_1, ports: { client: 16360, cluster: 16363 } }
                      - { name: m_2, ports: { client: 16361, cluster: 16364 } }
                      - { name: m_3, ports: { client: 16362, cluster: 16365 } }
                accounts:
                  - name: SYS
                    system: true
                    users: [{ user: sys, password: { env: MANY_PASSWORD }, context: { name: many-sys } }]
                  - name: APP
                    users: [{ user: app, password: { env: MANY_PASSWORD }, context: { name: many } }]
                accept:
                  - { code: NW201, reason: "Loopback." }
                """, home);
        var environment = Map.of("MANY_PASSWORD", "secret");
        try (var cluster = RealCluster.boot(Binaries.of("2.12.15"), out.resolve("MANY"), home, environment);
                var view = SystemView.connect(RealCluster.client("nats://127.0.0.1:16360")
                        .userInfo("sys", "secret")
                        .build());
                var user = Client.connect(RealCluster.client("nats://127.0.0.1:16360")
                        .userInfo("app", "secret")
                        .build())) {
            cluster.awaitMetaGroup(view, List.of("m_1", "m_2", "m_3"));
            create(user);
            Path file = home.resolve("snapshot.json");

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                long start = System.nanoTime();
                Stretchc run = Stretchc.run(
                        environment, "observe", home.resolve("many.yaml").toString(), "-o", file.toString());
                var took = Duration.ofNanos(System.nanoTime() - start);

                assertThat(run.code()).as(run.err()).isZero();
                var snapshot = ObservedCluster.read(file);
                assertThat(snapshot.streams())
                        .hasSize(STREAMS)
                        .allMatch(s ->
                                s.members().size() == 1 && s.now().leader() != null && Boolean.TRUE.equals(s.listed()));
                assertThat(snapshot.gaps()).isEmpty();
                assertThat(took).isLessThan(Duration.ofSeconds(20));
                LOG.log(System.Logger.Level.INFO, STREAMS + " streams observed in " + took.toMillis() + " ms");
            });
        }
    }

    private static void create(Client user) {
        for (int first = 0; first < STREAMS; first += AT_A_TIME) {
            var made = new ArrayList<CompletableFuture<io.nats.client.Message>>();
            for (int i = first; i < first + AT_A_TIME; i++) {
                String config = StreamConfiguration.builder()
                        .name("S" + i)
                        .subjects("s." + i)
                        .storageType(StorageType.Memory)
                        .build()
                        .toJson();
                made.add(user.connection()
                        .requestWithTimeout(
                                "$JS.API.STREAM.CREATE.S" + i,
                                config.getBytes(StandardCharsets.UTF_8),
                                Duration.ofSeconds(60)));
            }
            made.forEach(m -> assertThat(new String(m.join().getData(), StandardCharsets.UTF_8))
                    .contains("\"did_create\":true"));
        }
    }
}
