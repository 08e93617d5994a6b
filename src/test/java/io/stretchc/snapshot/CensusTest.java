package io.stretchc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.snapshot.ServerState.JetStream;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is there, held against who should be. */
final class CensusTest {
    private static final Census.Roll ROLL =
            new Census.Roll("C", List.of(name("a"), name("b")), List.of(name("arbiter")), List.of("LEAF"));

    private static ServerName name(String text) {
        return new ServerName(text);
    }

    private static ServerState server(String name, String id, String cluster, String version, boolean greeted) {
        return new ServerState(
                name(name),
                "p",
                ServerVersion.parse(version).orElseThrow(),
                cluster,
                null,
                null,
                List.of(),
                greeted ? JetStream.UNKNOWN : JetStream.ENABLED,
                new ServerState.Now(id, greeted ? null : "2026-01-01T00:00:00Z", null, null, 0, 0));
    }

    private static ClusterSnapshot snapshot(ServerState... servers) {
        var meta = new MetaGroup(List.of(), 2, new MetaGroup.Now(null, List.of(name("a"), name("b"))));
        return new ClusterSnapshot("C", null, List.of(servers), meta, List.of(), List.of());
    }

    @Test
    void saysWhoIsMissingWhoIsTooManyAndWhoIsTwice() {
        Census census = Census.of(
                snapshot(
                        server("a", "1", "C", "2.10.0", false),
                        server("a", "2", "C", "2.8.4", false),
                        server("arbiter", "3", "C", "2.10.0", false),
                        server("x", "4", "C", "2.10.0", false),
                        server("leaf", "5", "LEAF", "2.10.0", false)),
                ROLL);

        assertThat(census.missing()).containsExactly(name("b"));
        assertThat(census.strangers()).containsExactly(name("x"));
        assertThat(census.doubles()).containsExactly(name("a"));
        assertThat(census.foreign()).isEmpty();
        assertThat(census.twoLeaders()).isTrue();
        assertThat(census.mixedVersions()).isTrue();
        assertThat(census.tooOld()).isEqualTo(new ServerVersion(2, 8, 4));
    }

    @Test
    void aClusterThatNobodyAnnouncedIsASecondOne() {
        ServerState other = server("o", "9", "OTHER", "2.10.0", false);
        ServerState greeted = server("o", "9", "OTHER", "2.10.0", true);

        assertThat(Census.of(snapshot(other), ROLL).foreign()).containsExactly("OTHER");
        assertThat(Census.of(snapshot(other), null).twoClusters()).as("linked").isFalse();
        assertThat(Census.of(snapshot(greeted), null).twoClusters()).as("apart").isTrue();
    }

    @Test
    void aServerThatIsNotReachedThroughItsOwnClusterIsCutOff() {
        Census census = Census.of(snapshot(server("b", "9", "C", "2.10.0", true)), ROLL);

        assertThat(census.cutOff()).containsExactly(name("b"));
        assertThat(census.twoClusters()).isFalse();
    }
}
