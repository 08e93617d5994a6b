package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.PullSubscribeOptions;
import io.stretchc.codec.SnapshotCodec;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.ConsumerState;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same cluster through the nats CLI and through a snapshot, field by field; skipped where there is no nats CLI. */
final class NatsCliAgreementIT {
    private static final int PORTS = 162;
    private static final String URL = "nats://127.0.0.1:" + PORTS + "20";

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    void theSnapshotSaysWhatTheNatsCliSays(String version, @TempDir Path home) throws Exception {
        var found = NatsCli.find();
        assumeTrue(found.isPresent(), "the nats CLI is not on this machine (STRETCHC_NATS_CLI, PATH)");
        var cli = new NatsCli(found.orElseThrow(), home);
        try (var observed = ObservedCluster.boot(version, home, PORTS);
                var view = SystemView.connect(ObservedCluster.client(PORTS)
                        .userInfo("admin", "stretch")
                        .build());
                var user = Client.connect(ObservedCluster.client(PORTS)
                        .userInfo("acc1", "stretch")
                        .build())) {
            observed.cluster().awaitMetaGroup(view, ObservedCluster.SIX);
            Streams.place(user, "foo", "ha:1");
            Streams.place(user, "bar", "ha:2");
            var stream = user.connection().jetStream();
            for (int i = 0; i < 7; i++) {
                stream.publish("foo." + i, new byte[100]);
            }
            var pull = stream.subscribe(
                    "foo.*", PullSubscribeOptions.builder().durable("dur").build());
            await().atMost(Duration.ofSeconds(30)) // its leader may be elected just now
                    .until(() -> pull.fetch(3, Duration.ofSeconds(5)), l -> !l.isEmpty())
                    .get(0)
                    .ackSync(Duration.ofSeconds(5));

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                ClusterSnapshot snapshot = observed.observe();
                assertReport(cli, snapshot);
                assertStatus(cli);
                assertStream(cli, snapshot, "foo");
                assertStream(cli, snapshot, "bar");
                assertConsumer(cli, snapshot);
            });
            assertArchive(cli, observed);
        }
    }

    /** Its report is a table only: what it prints of each server, and of each member of the meta group. */
    private static void assertReport(NatsCli cli, ClusterSnapshot snapshot) throws Exception {
        String report =
                cli.text("--server", URL, "--user", "admin", "--password", "stretch", "server", "report", "jetstream");
        var servers = new TreeSet<String>();
        var members = new TreeSet<String>();
        for (String line : report.lines().toList()) {
            List<String> cells =
                    Arrays.stream(line.split("│", -1)).map(String::strip).toList();
            if (cells.size() > 10 && cells.get(2).equals("STRETCH")) {
                servers.add(cells.get(1).replace("*", ""));
                assertServer(snapshot, cells);
            } else if (cells.size() == 9
                    && cells.get(2).length() == 8
                    && cells.get(4).matches("true|false")) {
                members.add(cells.get(1));
                assertMember(snapshot, cells);
            }
        }
        assertThat(servers).as(report).containsExactlyElementsOf(ObservedCluster.SIX);
        assertThat(members).as(report).containsExactlyElementsOf(ObservedCluster.SIX);
    }

    /** What `status` says of each server, against the same report. */
    private static void assertStatus(NatsCli cli) throws Exception {
        Stretchc run = Stretchc.run(
                System.getenv(),
                "status",
                "topologies/stretch.yaml",
                "--format",
                "json",
                "--server",
                URL,
                "--user",
                "admin",
                "--password",
                "stretch");
        JsonNode status = new ObjectMapper().readTree(run.out());
        String report =
                cli.text("--server", URL, "--user", "admin", "--password", "stretch", "server", "report", "jetstream");
        var theirs = new TreeSet<String>();
        var members = new TreeSet<String>();
        for (String line : report.lines().toList()) {
            List<String> cells =
                    Arrays.stream(line.split("│", -1)).map(String::strip).toList();
            if (cells.size() > 10 && cells.get(2).equals("STRETCH")) {
                theirs.add(cells.get(1).replace("*", "") + " " + cells.get(1).endsWith("*") + " " + cells.get(4));
            } else if (cells.size() == 9 && cells.get(4).matches("true|false")) {
                members.add(cells.get(1));
            }
        }
        var ours = new TreeSet<String>();
        status.path("servers")
                .forEach(s -> ours.add(
                        s.path("name").asText() + " " + s.path("meta_leader").asBoolean() + " "
                                + s.path("copies").asInt()));
        assertThat(ours).as(report).isEqualTo(theirs).hasSize(6);
        assertThat(status.path("meta").path("size").asInt()).isEqualTo(members.size());
        assertThat(status.path("meta").path("live").asInt()).isEqualTo(members.size());
        assertThat(status.path("streams").asInt()).isEqualTo(2);
    }

    private static void assertServer(ClusterSnapshot snapshot, List<String> cells) {
        var name = new ServerName(cells.get(1).replace("*", ""));
        ServerState ours = snapshot.server(name).orElseThrow();
        assertThat(ours.namesItselfLeader())
                .as("leader " + name)
                .isEqualTo(cells.get(1).endsWith("*"));
        assertThat(ours.cluster()).isEqualTo(cells.get(2));
        assertThat(ours.domain()).isEqualTo(cells.get(3));
        List<StreamState> held = snapshot.streams().stream()
                .filter(s -> s.now().copies().stream().anyMatch(c -> c.server().equals(name)))
                .toList();
        long consumers = held.stream().mapToLong(s -> s.consumers().size()).sum();
        long messages = held.stream()
                .flatMap(s -> s.now().copies().stream())
                .filter(c -> c.server().equals(name))
                .mapToLong(StreamState.Copy::messages)
                .sum();
        assertThat(List.of("" + held.size(), "" + consumers, "" + messages))
                .as("streams, consumers, messages of " + name)
                .isEqualTo(cells.subList(4, 7));
        assertThat(ours.now().storage() + " B").as("file of " + name).isEqualTo(cells.get(9));
    }

    private static void assertMember(ClusterSnapshot snapshot, List<String> cells) {
        Member ours = snapshot.meta().members().stream()
                .filter(m -> m.label().equals(cells.get(1)))
                .findFirst()
                .orElseThrow();
        assertThat(ours.peer()).isEqualTo(cells.get(2));
        assertThat(new ServerName(cells.get(1)).equals(snapshot.meta().now().leader()))
                .isEqualTo(cells.get(3).equals("yes"));
        assertThat(ours.now().current()).isEqualTo(Boolean.valueOf(cells.get(4)));
        assertThat(!ours.now().offline()).isEqualTo(Boolean.valueOf(cells.get(5)));
        assertThat("" + ours.now().lag()).isEqualTo(cells.get(7));
    }

    private static void assertStream(NatsCli cli, ClusterSnapshot snapshot, String name) throws Exception {
        JsonNode info =
                cli.json("--server", URL, "--user", "acc1", "--password", "stretch", "stream", "info", name, "--json");
        StreamState ours = ObservedCluster.stream(snapshot, name);
        assertThat(Objects.requireNonNull(ours.now().leader()).text())
                .isEqualTo(info.path("cluster").path("leader").asText());
        assertGroup(info, ours.members());
        JsonNode state = info.path("state");
        for (StreamState.Copy copy : ours.now().copies()) {
            assertThat(copy.messages()).isEqualTo(state.path("messages").asLong());
            assertThat(copy.bytes()).isEqualTo(state.path("bytes").asLong());
            assertThat(copy.firstSequence()).isEqualTo(state.path("first_seq").asLong());
            assertThat(copy.lastSequence()).isEqualTo(state.path("last_seq").asLong());
        }
        assertThat(ours.consumers()).hasSize(state.path("consumer_count").asInt());
        JsonNode config = SystemView.json(ours.config().json());
        info.path("config").properties().forEach(e -> {
            // only answers of the API carry what the answering server adds to the metadata
            if (!e.getKey().equals("metadata") && config.has(e.getKey())) {
                assertThat(config.path(e.getKey())).as(e.getKey()).isEqualTo(e.getValue());
            }
        });
    }

    private static void assertConsumer(NatsCli cli, ClusterSnapshot snapshot) throws Exception {
        JsonNode info = cli.json(
                "--server", URL, "--user", "acc1", "--password", "stretch", "consumer", "info", "foo", "dur", "--json");
        ConsumerState ours = ObservedCluster.stream(snapshot, "foo").consumers().get(0);
        ConsumerState.Now now = Objects.requireNonNull(ours.now());
        assertThat(now.leader().text())
                .isEqualTo(info.path("cluster").path("leader").asText());
        assertGroup(info, ours.members());
        assertThat(now.delivered())
                .isEqualTo(info.path("delivered").path("stream_seq").asLong());
        assertThat(now.deliveredConsumer())
                .isEqualTo(info.path("delivered").path("consumer_seq").asLong());
        assertThat(now.ackFloor())
                .isEqualTo(info.path("ack_floor").path("stream_seq").asLong());
        assertThat(now.pending()).isEqualTo(info.path("num_pending").asLong());
        assertThat(now.ackPending()).isEqualTo(info.path("num_ack_pending").asLong());
    }

    private static void assertGroup(JsonNode info, List<Member> members) {
        var theirs = new TreeMap<String, Boolean>();
        theirs.put(info.path("cluster").path("leader").asText(), true);
        info.path("cluster")
                .path("replicas")
                .forEach(r ->
                        theirs.put(r.path("name").asText(), r.path("current").asBoolean()));
        var ours = new TreeMap<String, Boolean>();
        members.forEach(m -> ours.put(m.label(), m.now().current()));
        assertThat(ours).isEqualTo(theirs);
    }

    /** An archive that the nats CLI gathers gives the same snapshot, but for what moves and for who listed what. */
    private static void assertArchive(NatsCli cli, ObservedCluster observed) throws Exception {
        Path archive = observed.home().resolve("gathered.zip");
        Path file = observed.home().resolve("archive.json");
        String unused = cli.text(
                "--server",
                URL,
                "--user",
                "admin",
                "--password",
                "stretch",
                "audit",
                "gather",
                "--no-server-profiles",
                "--no-progress",
                "-o",
                archive.toString());
        assertThat(unused).isNotNull();

        Stretchc run = Stretchc.run(
                Map.of(),
                "observe",
                observed.topology().toString(),
                "--archive",
                archive.toString(),
                "-o",
                file.toString());

        assertThat(run.code()).as(run.err()).isZero();
        ClusterSnapshot live = observed.observe();
        ClusterSnapshot gathered = ObservedCluster.read(file);
        var codec = new SnapshotCodec();
        assertThat(codec.fingerprint(gathered)).isEqualTo(codec.fingerprint(live));
        assertThat(gathered.meta().now()).isEqualTo(live.meta().now());
        var ids = new TreeSet<String>();
        live.servers()
                .forEach(s -> ids.add(s.now().id() + s.now().started() + s.now().configDigest() + s.site()));
        assertThat(gathered.servers())
                .allMatch(s ->
                        ids.contains(s.now().id() + s.now().started() + s.now().configDigest() + s.site()));
        assertThat(ObservedCluster.stream(gathered, "foo").now().copies())
                .isEqualTo(ObservedCluster.stream(live, "foo").now().copies());
    }
}
