package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.JetStreamApiException;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.Placement;
import io.nats.client.api.StreamConfiguration;
import io.stretchc.nats.JnatsQuery;
import io.stretchc.nats.Login;
import io.stretchc.observe.Expected;
import io.stretchc.observe.Observer;
import io.stretchc.observe.Patience;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Gap;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.ServerState.JetStream;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real cluster as it is, and as it falls apart, seen through the command. */
final class ObserverIT {
    private static final int PORTS = 161;

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.15.1"})
    void seesWhatIsThereAndWhatIsGone(String version, @TempDir Path home) throws Exception {
        try (var observed = ObservedCluster.boot(version, home, PORTS);
                var view = SystemView.connect(ObservedCluster.client(PORTS)
                        .userInfo("admin", "stretch")
                        .build());
                var user = Client.connect(ObservedCluster.client(PORTS)
                        .userInfo("acc1", "stretch")
                        .build())) {
            observed.cluster().awaitMetaGroup(view, ObservedCluster.SIX);
            List<String> placed = fill(user);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertWhole(observed.observe(), version, placed));

            assertSeesWhomNobodyExpects();

            observed.cluster().kill("us_1");
            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertLost(observed.observe()));

            observed.cluster().kill("us_2");
            observed.cluster().kill("us_3");
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertNoQuorum(observed.observe()));
        }
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.15"})
    void soItSeesOnOtherReleases(String version, @TempDir Path home) throws Exception {
        seesWhatIsThereAndWhatIsGone(version, home);
    }

    /** The one that is expected answers first, being asked directly; an arbiter or a stranger would come after it. */
    private static void assertSeesWhomNobodyExpects() throws Exception {
        var one = new TreeMap<ServerName, SiteName>();
        one.put(new ServerName("emea_1"), new SiteName("emea"));
        var login = new Login(List.of("nats://127.0.0.1:" + PORTS + "20"), "admin", "stretch");
        try (var query = JnatsQuery.connect(login)) {
            var observer = new Observer(query, new TreeMap<>(), Patience.USUAL, InstantSource.system());
            assertThat(observer.observe(new Expected("STRETCH", one)).servers())
                    .extracting(x -> x.name().text())
                    .containsExactlyElementsOf(ObservedCluster.SIX);
        }
    }

    /** An R3 stream with five messages, of which a durable consumer acks two; a bucket; a stream on us_1 alone. */
    private static List<String> fill(Client user) throws Exception {
        List<String> placed = Streams.place(user, "foo", "ha:1");
        var manage = user.connection().jetStreamManagement();
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(IOException.class)
                .ignoreExceptionsInstanceOf(JetStreamApiException.class)
                .untilAsserted(() -> {
                    user.connection()
                            .keyValueManagement()
                            .create(KeyValueConfiguration.builder()
                                    .name("config")
                                    .replicas(3)
                                    .build());
                    manage.addStream(StreamConfiguration.builder()
                            .name("lone")
                            .subjects("lone.*")
                            .placement(Placement.builder().tags("unique:us_1").build())
                            .build());
                });
        var stream = user.connection().jetStream();
        for (int i = 0; i < 5; i++) {
            stream.publish("foo." + i, new byte[] {1});
        }
        var pull = stream.subscribe(
                "foo.*", PullSubscribeOptions.builder().durable("dur").build());
        for (var message : pull.fetch(2, Duration.ofSeconds(5))) {
            message.ackSync(Duration.ofSeconds(5));
        }
        return placed;
    }

    private static void assertWhole(ClusterSnapshot s, String version, List<String> placed) {
        ServerVersion v = ServerVersion.parse(version).orElseThrow();
        assertThat(s.cluster()).isEqualTo("STRETCH");
        assertThat(s.domain()).isEqualTo("hub");
        assertThat(s.gaps()).isEmpty();
        assertThat(s.servers())
                .hasSize(6)
                .allMatch(x -> x.jetstream() == JetStream.ENABLED && x.version().equals(v) && x.site() != null)
                .allMatch(x -> (x.now().configDigest() != null) == v.atLeast(2, 11, 0))
                .extracting(x -> x.name().text())
                .containsExactlyElementsOf(ObservedCluster.SIX);
        assertThat(s.meta().size()).isEqualTo(6);
        assertThat(s.meta().now().leader()).isNotNull();
        assertThat(s.meta().members())
                .allMatch(Member::healthy)
                .allMatch(m -> m.name() != null && m.peer().equals(m.name().peerId()))
                .extracting(Member::label)
                .containsExactlyInAnyOrderElementsOf(ObservedCluster.SIX);
        StreamState foo = ObservedCluster.stream(s, "foo");
        assertThat(foo.members())
                .allMatch(Member::healthy)
                .extracting(Member::label)
                .containsExactlyInAnyOrderElementsOf(placed);
        assertThat(foo.listed()).isTrue();
        assertThat(foo.config().placementTags()).containsExactly("ha:1");
        assertThat(foo.now().copies())
                .hasSize(3)
                .allMatch(c -> c.messages() == 5 && c.firstSequence() == 1 && c.lastSequence() == 5 && c.bytes() > 0);
        var consumer = foo.consumers().get(0);
        assertThat(consumer.durable()).isTrue();
        assertThat(consumer.members()).hasSize(3);
        assertThat(consumer.now()).isNotNull().satisfies(n -> {
            assertThat(n.ackFloor()).isEqualTo(2);
            assertThat(n.delivered()).isBetween(2L, 5L);
        });
        assertThat(ObservedCluster.stream(s, "KV_config").now().copies()).hasSize(3);
        assertThat(ObservedCluster.stream(s, "lone").members())
                .extracting(Member::label)
                .containsExactly("us_1");
    }

    /** The meta group lives on; a stream that only us_1 had is listed, and nobody has it. */
    private static void assertLost(ClusterSnapshot s) {
        assertThat(s.servers()).extracting(x -> x.name().text()).doesNotContain("us_1");
        assertThat(s.gaps()).contains(new Gap("server us_1", "did not answer"));
        assertThat(s.meta().now().leader()).isNotNull();
        StreamState lone = ObservedCluster.stream(s, "lone");
        assertThat(lone.members()).isEmpty();
        assertThat(lone.listed()).isTrue();
        assertThat(lone.config().replicas()).isZero();
        assertThat(ObservedCluster.stream(s, "foo").now().leader()).isNotNull();
    }

    /** Nobody leads the meta group, whatever some followers still say; one copy of foo is left. */
    private static void assertNoQuorum(ClusterSnapshot s) {
        assertThat(s.servers()).extracting(x -> x.name().text()).containsExactly("emea_1", "emea_2", "emea_3");
        assertThat(s.servers()).noneMatch(ServerState::namesItselfLeader);
        assertThat(s.meta().now().leader()).isNull();
        assertThat(s.meta().size()).isEqualTo(6);
        StreamState foo = ObservedCluster.stream(s, "foo");
        assertThat(foo.now().leader()).isNull();
        assertThat(foo.now().copies()).hasSize(1).allMatch(c -> c.messages() == 5);
        assertThat(foo.members()).hasSize(3).noneMatch(Member::healthy);
        assertThat(foo.listed()).as("without a meta leader there is no list").isNull();
        assertThat(s.gaps()).extracting(Gap::subject).contains("account acc1", "server us_2");
    }
}
