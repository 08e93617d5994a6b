package io.stretchc.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Gap;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.ServerState.JetStream;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the observer makes of answers, as servers of several versions give them, and as none would. */
final class ObserverTest {
    private record World(List<String> ping, Map<String, String> jsz) implements Snapshots.Answers {
        @Override
        public String answer(String server, String what, String payload) {
            return what.equals("JSZ") ? jsz.getOrDefault(server, "") : "";
        }
    }

    private static String ping(String name) {
        return "{\"server\":" + server(name, "2.10.27") + ",\"statsz\":{\"start\":\"2026-01-01T00:00:00Z\"}}";
    }

    private static String server(String name, String version) {
        return "{\"name\":\"" + name + "\",\"id\":\"N" + name + "\",\"cluster\":\"C\",\"ver\":\"" + version
                + "\",\"jetstream\":true}";
    }

    private static String jsz(String name, String leader, String details) {
        return "{\"server\":" + server(name, "2.10.27") + ",\"data\":{\"accounts\":" + (details.isEmpty() ? 0 : 1)
                + ",\"meta_cluster\":{\"leader\":\"" + leader + "\",\"cluster_size\":2},\"account_details\":[" + details
                + "]}}";
    }

    private static String stream(String leader, String replica, int messages) {
        return "{\"id\":\"A\",\"stream_detail\":[{\"name\":\"S\",\"cluster\":{\"leader\":\"" + leader
                + "\",\"replicas\":[{\"name\":\"" + replica + "\",\"current\":true}]},\"config\":{\"num_replicas\":2,"
                + "\"metadata\":{\"token\":\"abc\"}},\"state\":{\"messages\":" + messages + "}}]}";
    }

    @Test
    void aLeaderIsBelievedOnlyWhenItNamesItself() throws QueryFault {
        var world = new World(
                List.of(ping("a"), ping("b")),
                Map.of("Na", jsz("a", "dead", stream("dead", "b", 1)), "Nb", jsz("b", "a", stream("b", "a", 2))));

        ClusterSnapshot snapshot = Snapshots.of(world);

        assertThat(snapshot.meta().now().leader()).isNull();
        assertThat(snapshot.meta().size()).isEqualTo(2);
        StreamState stream = snapshot.streams().get(0);
        assertThat(stream.now().leader()).isEqualTo(new ServerName("b"));
        assertThat(stream.members()).extracting(Member::label).containsExactlyInAnyOrder("a", "b");
        assertThat(stream.now().copies()).extracting(StreamState.Copy::messages).containsExactly(1L, 2L);
    }

    @Test
    void twoWhoNameThemselvesAreNone() throws QueryFault {
        var world = new World(
                List.of(ping("a"), ping("b")),
                Map.of("Na", jsz("a", "a", stream("a", "b", 1)), "Nb", jsz("b", "b", stream("b", "a", 2))));

        ClusterSnapshot snapshot = Snapshots.of(world);

        assertThat(snapshot.meta().now().leader()).isNull();
        assertThat(snapshot.meta().now().claims()).containsExactly(new ServerName("a"), new ServerName("b"));
        assertThat(snapshot.streams().get(0).now().leader()).isNull();
        assertThat(snapshot.gaps())
                .contains(new Gap("stream A/S", "more than one server names itself its leader: a, b"));
    }

    @Test
    void whatLooksLikeASecretStaysOut() throws QueryFault {
        ClusterSnapshot snapshot =
                Snapshots.of(new World(List.of(ping("a")), Map.of("Na", jsz("a", "a", stream("a", "b", 1)))));

        assertThat(snapshot.streams().get(0).config().json())
                .isEqualTo("{\"metadata\":{\"token\":\"(a secret, not shown)\"},\"num_replicas\":2}");
        assertThat(snapshot.gaps()).extracting(Gap::subject).contains("stream A/S");
    }

    @Test
    void aServerThatSaysNothingOfItsJetStreamIsAGap() throws QueryFault {
        ClusterSnapshot snapshot =
                Snapshots.of(new World(List.of(ping("a"), ping("b")), Map.of("Na", jsz("a", "a", ""))));

        assertThat(snapshot.servers())
                .extracting(ServerState::jetstream)
                .containsExactly(JetStream.ENABLED, JetStream.UNKNOWN);
        assertThat(snapshot.gaps()).extracting(Gap::subject).containsExactly("server b");
    }

    @Test
    void garbageIsAGapAndNeverAnException() throws QueryFault {
        String cut = jsz("a", "a", stream("a", "b", 1)).replaceFirst("\"state\".*", "");
        for (String garbage : List.of(
                "",
                "nonsense",
                "[]",
                "null",
                "{}",
                "{\"data\":[]}",
                "{\"data\":{\"account_details\":[7]}}",
                cut,
                jsz("other", "a", ""),
                "{\"server\":{},\"error\":\"x\"}",
                "{\"data\":{\"account_details\":{\"a\":[[]]}}}")) {
            ClusterSnapshot snapshot =
                    Snapshots.of(new World(List.of(ping("a"), "rubbish", "{\"server\":7}"), Map.of("Na", garbage)));

            assertThat(snapshot.servers()).as(garbage).hasSize(1);
            assertThat(snapshot.gaps()).as(garbage).extracting(Gap::subject).contains("census", "server a");
        }
    }

    @Test
    void aCandidateOfAReleaseIsThatRelease() throws QueryFault {
        String candidate = "{\"server\":" + server("a", "2.11.0-RC.1") + "}";
        String odd = "{\"server\":" + server("b", "devel") + "}";

        ClusterSnapshot snapshot = Snapshots.of(new World(List.of(candidate, odd), Map.of()));

        assertThat(snapshot.servers())
                .extracting(ServerState::version)
                .containsExactly(new ServerVersion(2, 11, 0), new ServerVersion(0, 0, 0));
        assertThat(snapshot.gaps()).anyMatch(g -> g.reason().contains("devel"));
    }

    @Test
    void nobodyAnsweringIsALoginToTheWrongAccount() {
        assertThatThrownBy(() -> Snapshots.of(new World(List.of(), Map.of())))
                .isInstanceOf(QueryFault.class)
                .hasMessageContaining("system account");
    }

    /** Forty-five accounts, given out by offset and limit; before the second page another one comes, at the front. */
    private static final class Paged implements Snapshots.Answers {
        private final List<String> accounts = new ArrayList<>(
                IntStream.range(0, 45).mapToObj(i -> "acc" + (100 + i)).toList());

        @Override
        public List<String> ping() {
            return List.of(ObserverTest.ping("a"));
        }

        @Override
        public String answer(String server, String what, String payload) {
            int offset = number(payload, "offset");
            if (offset == 20 && !accounts.contains("acc000")) {
                accounts.add(0, "acc000");
            }
            String details = accounts.stream()
                    .skip(offset)
                    .limit(number(payload, "limit"))
                    .map(a -> "{\"id\":\"" + a + "\",\"stream_detail\":[{\"name\":\"S\",\"config\":{}}]}")
                    .collect(Collectors.joining(","));
            return "{\"server\":" + ObserverTest.server("a", "2.10.27") + ",\"data\":{\"accounts\":" + accounts.size()
                    + ",\"account_details\":[" + details + "]}}";
        }

        private static int number(String payload, String key) {
            return Integer.parseInt(payload.replaceFirst(".*\"" + key + "\":(\\d+).*", "$1"));
        }
    }

    @Test
    void accountsThatComeBetweenPagesAreSeenOnce() throws QueryFault {
        ClusterSnapshot snapshot = Snapshots.of(new Paged());

        assertThat(snapshot.streams())
                .hasSize(46)
                .allMatch(s -> s.now().copies().size() == 1)
                .extracting(StreamState::account)
                .contains("acc000", "acc144");
        assertThat(snapshot.gaps()).extracting(Gap::subject).doesNotContain("server a");
    }

    @Test
    void tenThousandStreamsAreSeen() throws QueryFault {
        ClusterSnapshot snapshot = Snapshots.of(new ManyStreams(10_000));

        assertThat(snapshot.streams())
                .hasSize(10_000)
                .allMatch(s -> s.members().size() == 3
                        && s.now().copies().size() == 3
                        && s.now().leader() != null
                        && s.consumers().get(0).now() != null);
    }
}
