package io.stretchc.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.ServerState.JetStream;
import io.stretchc.status.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each invariant holds in health, and is broken by its own fault. */
final class InvariantsTest {
    private static List<Finding> judge(World world) {
        return judge(world, null, null);
    }

    private static List<Finding> judge(
            World world, @Nullable ClusterSnapshot earlier, @Nullable ClusterSnapshot since) {
        return Invariants.judge(
                new Evidence(World.TOPOLOGY, world.look(), world.census(), earlier, since, new TreeMap<>()));
    }

    private static List<String> told(List<Finding> findings, Verdict verdict) {
        return findings.stream()
                .filter(f -> f.verdict() == verdict)
                .map(f -> f.invariant() + " " + f.subject() + ": " + f.evidence())
                .toList();
    }

    private static List<String> broken(World world) {
        return told(judge(world), Verdict.BROKEN);
    }

    @Test
    void allHoldsInHealthButWhatTheVersionDoesNotTell() {
        List<Finding> findings = judge(World.healthy(), null, World.healthy().look());

        assertThat(told(findings, Verdict.BROKEN)).isEmpty();
        assertThat(findings.stream().filter(f -> f.verdict() == Verdict.UNKNOWN))
                .extracting(Finding::invariant)
                .containsExactly(Invariant.IV108);
        assertThat(findings).extracting(Finding::invariant).containsExactlyInAnyOrder(Invariant.values());
        assertThat(findings).allSatisfy(f -> assertThat(f.evidence()).endsWith("."));
    }

    @Test
    void withoutASnapshotBeforeNothingIsSaidOfTime() {
        assertThat(judge(World.healthy())).noneMatch(f -> f.invariant().overTime());
    }

    @Test
    void everyInvariantCanBeBroken() {
        var broken = new ArrayList<Invariant>();
        for (World world : List.of(
                World.healthy().leaderless(),
                World.healthy().joined("emea_4"),
                World.healthy().killed("us_1"),
                World.healthy().rescued(3),
                spoilt(w -> w.stream("foo").members = List.of("us_1", "emea_1", "(abcdefgh)")),
                spoilt(w -> w.server("us_1").version = "2.11.4"),
                spoilt(w -> w.server("us_1").tags = List.of("unique:us_2")),
                spoilt(w -> w.stream("foo").account = "OTHER"),
                spoilt(w -> w.stream("foo").members = List.of("us_1", "us_2")),
                spoilt(w -> w.stream("foo").behind.add("us_1")),
                spoilt(w -> w.stream("foo").leader = null),
                spoilt(w -> w.stream("foo").placement = List.of("dc:2")),
                spoilt(w -> w.stream("foo").leader = "us_1"),
                spoilt(w -> w.stream("foo").ackFloor = 9))) {
            told(judge(world), Verdict.BROKEN).forEach(t -> broken.add(Invariant.valueOf(t.substring(0, 5))));
        }

        assertThat(broken)
                .contains(
                        Invariant.IV101,
                        Invariant.IV102,
                        Invariant.IV103,
                        Invariant.IV104,
                        Invariant.IV105,
                        Invariant.IV106,
                        Invariant.IV107,
                        Invariant.IV109,
                        Invariant.IV201,
                        Invariant.IV202,
                        Invariant.IV203,
                        Invariant.IV204,
                        Invariant.IV205,
                        Invariant.IV206,
                        Invariant.IV207,
                        Invariant.IV208,
                        Invariant.IV210);
    }

    private static World spoilt(java.util.function.Consumer<World> fault) {
        World world = World.healthy();
        fault.accept(world);
        return world;
    }

    @Test
    void evidenceNamesNamesAndNumbers() {
        assertThat(broken(World.healthy().killed("us_1")))
                .containsExactly(
                        "IV103 meta group: 5 of 6 members answer, 4 are needed; silent: `us_1`.",
                        "IV106 servers: These do not answer: `us_1`.",
                        "IV203 stream APP/foo: 1 of 3 replicas does not answer: `us_1`.");
        assertThat(broken(spoilt(w -> w.stream("foo").leader = "us_1")))
                .containsExactly("IV208 stream APP/foo: `us_1` leads it, and its leader belongs in `emea`.");
        assertThat(broken(spoilt(w -> w.server("us_3").tags = List.of("dc:1", "unique:us_3"))))
                .containsExactly(
                        "IV109 server us_3: Tags of the topology that it lacks: `ha:2`; that it has beyond: none.");
        assertThat(broken(spoilt(w -> w.server("us_3").jetstream = JetStream.DISABLED)))
                .contains(
                        "IV106 server us_3: Its JetStream is switched off, as after its removal from the meta group.");
    }

    @Test
    void aRemovedServerOfTheTopologyIsAFormerMemberToo() {
        World world = World.healthy().counting(5, "emea_1", "emea_2", "emea_3", "us_2", "us_3");

        assertThat(broken(world))
                .contains(
                        "IV102 meta group: The leader does not count `us_1`.",
                        "IV105 stream APP/foo: It counts on former members: `us_1`.",
                        "IV105 stream APP/foo: Consumers that count on former members: `dur`.");
    }

    @Test
    void aSharedUniqueTagIsToldUnlessThePlacementNamesIt() {
        World world = spoilt(w -> w.server("us_1").tags = List.of("ha:1", "unique:us_2"));
        assertThat(broken(world)).contains("IV206 stream APP/foo: The tag `unique:us_2` is shared by `us_1`, `us_2`.");

        world.stream("foo").placement = List.of("unique:us_2");
        assertThat(broken(world)).noneMatch(b -> b.startsWith("IV206"));
    }

    @Test
    void copiesThatDifferAreOnlyCalledSoWhenNothingMoves() {
        World world = spoilt(w -> w.stream("foo").messages.put("us_1", 3L));

        assertThat(told(judge(world), Verdict.BROKEN)).isEmpty();
        assertThat(told(judge(world), Verdict.UNKNOWN)).anyMatch(u -> u.startsWith("IV209 stream APP/foo"));
        assertThat(told(judge(world, World.healthy().look(), null), Verdict.BROKEN))
                .as("they moved")
                .isEmpty();
        assertThat(told(judge(world, world.look(), null), Verdict.BROKEN))
                .containsExactly(
                        "IV209 stream APP/foo: Its current replicas differ, and nothing moves: `emea_1` has 5 messages, 1 to"
                                + " 5; `us_1` has 3 messages, 1 to 3; `us_2` has 5 messages, 1 to 5.");
    }

    @Test
    void aFollowerThatIsBehindDoesNotCountForCopies() {
        World world = spoilt(w -> {
            w.stream("foo").messages.put("us_1", 3L);
            w.stream("foo").behind.add("us_1");
        });

        assertThat(told(judge(world, world.look(), null), Verdict.BROKEN)).noneMatch(b -> b.startsWith("IV209"));
    }

    @Test
    void nothingMayGoBack() {
        ClusterSnapshot since =
                spoilt(w -> w.with("bar", new World.Stream("us_1"))).look();
        World world = spoilt(w -> {
            w.stream("foo").messages.replaceAll((s, n) -> 2L);
            w.stream("foo").ackFloor = 1;
        });

        assertThat(told(judge(world, null, since), Verdict.BROKEN))
                .containsExactly(
                        "IV301 stream APP/bar: It was there, and is not.",
                        "IV302 stream APP/foo: It ends at 2, and ended at 5 before.",
                        "IV303 consumer APP/foo/dur: Its ack floor is 1, and was 3 before.");
    }

    @Test
    void aLostCopyIsNoLossAsLongAsOneIsLeft() {
        ClusterSnapshot since = World.healthy().look();

        assertThat(told(judge(World.healthy().killed("us_1", "us_2", "us_3"), null, since), Verdict.BROKEN))
                .noneMatch(b -> b.startsWith("IV30"));
        World gone = spoilt(w -> w.stream("foo").messages.clear());
        assertThat(told(judge(gone, null, since), Verdict.BROKEN))
                .contains("IV302 stream APP/foo: It held messages up to 5, and no copy is left.");
    }

    @Test
    void digestsAreHeldAgainstThoseOfTheCompiledFiles() {
        World world = World.healthy();
        World.TOPOLOGY.backbone().servers().forEach(s -> {
            world.server(s.name().text()).version = "2.11.4";
            world.server(s.name().text()).digest = "sha256:1111111111111111";
        });
        var digests = new TreeMap<String, String>();
        World.TOPOLOGY.backbone().servers().forEach(s -> digests.put(s.file(), "sha256:1111111111111111"));
        digests.put("servers/us_1.conf", "sha256:2222222222222222");
        digests.remove("servers/us_2.conf");

        List<Finding> findings =
                Invariants.judge(new Evidence(World.TOPOLOGY, world.look(), world.census(), null, null, digests));

        assertThat(told(findings, Verdict.BROKEN))
                .contains("IV108 server us_1: It runs the configuration sha256:111111111111, compiled is"
                        + " sha256:222222222222 (`servers/us_1.conf`).");
        assertThat(told(findings, Verdict.UNKNOWN))
                .containsExactly(
                        "IV108 servers: `us_2`: each is configured with what only the server sees: variables, or"
                                + " included files.");
    }

    @Test
    void whatCannotBeSeenIsUnknownAndNeverBroken() {
        World world = World.healthy().leaderless();
        World.TOPOLOGY.backbone().servers().forEach(s -> world.server(s.name().text()).jetstream = JetStream.UNKNOWN);
        world.stream("foo").account = "OTHER";

        assertThat(told(judge(world), Verdict.UNKNOWN))
                .anyMatch(u -> u.startsWith("IV102"))
                .anyMatch(u -> u.startsWith("IV106 server us_1"))
                .anyMatch(u -> u.startsWith("IV201 stream APP/foo"));
    }

    @Test
    void everyInvariantIsExplainedInSentences() {
        assertThat(Invariant.values()).allSatisfy(i -> {
            assertThat(i.title()).doesNotEndWith(".");
            assertThat(i.meaning()).endsWith(".").hasSizeGreaterThan(60);
            assertThat(i.wayOut()).endsWith(".").hasSizeGreaterThan(40);
        });
    }
}
