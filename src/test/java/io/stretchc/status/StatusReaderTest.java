package io.stretchc.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ServerState.JetStream;
import io.stretchc.status.StreamTrouble.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The name of each state, each trouble, and what comes next. */
final class StatusReaderTest {
    private static final String[] US = {"us_1", "us_2", "us_3"};

    private static List<String> commands(ClusterStatus status) {
        return status.next().stream()
                .map(n -> String.valueOf(n.command()))
                .filter(c -> !c.equals("null"))
                .toList();
    }

    private static List<Reason> reasons(ClusterStatus status) {
        return status.troubles().stream().map(StreamTrouble::reason).toList();
    }

    @Test
    void allIsWell() {
        ClusterStatus status = World.healthy().status();

        assertThat(status.state()).isEqualTo(ClusterState.HEALTHY);
        assertThat(status.headline())
                .isEqualTo(
                        "healthy: 6 of 6 servers answer, `emea_1` leads the meta group of 6, the only stream is whole");
        assertThat(status.meta().needed()).isEqualTo(4);
        assertThat(status.meta().margin()).isEqualTo(2);
        assertThat(status.troubles()).isEmpty();
        assertThat(status.warnings()).isEmpty();
        assertThat(commands(status)).containsExactly("stretchc verify stretch.yaml");
    }

    @Test
    void aLostSiteTakesTheQuorumWithIt() {
        ClusterStatus status = World.healthy().killed(US).leaderless().status();

        assertThat(status.state()).isEqualTo(ClusterState.NO_META_QUORUM);
        assertThat(status.headline()).isEqualTo("no meta quorum: 3 of 6 members answer, 4 are needed");
        assertThat(commands(status))
                .containsExactly(
                        "stretchc plan bridge --lost us stretch.yaml", "stretchc plan recover --lost us stretch.yaml");
        assertThat(status.next()).anyMatch(n -> n.text().contains("On nats-server 2.10.27 1 arbiter"));
        assertThat(status.sites().get(0).silent()).isTrue();
    }

    @Test
    void aSiteThatIsAliveBehindACutIsNeverCalledLost() {
        ClusterStatus status = World.healthy().cutOff(US).leaderless().status();

        assertThat(status.state()).isEqualTo(ClusterState.NO_META_QUORUM);
        assertThat(status.headline())
                .isEqualTo("no meta quorum: 3 of 6 members answer, 4 are needed; 3 more are alive and cut off from"
                        + " here");
        assertThat(commands(status)).isEmpty();
        assertThat(status.next())
                .singleElement()
                .satisfies(n -> assertThat(n.text()).contains("`us` is not lost", "force nothing"));
        assertThat(status.sites().get(0).apart()).isTrue();
        assertThat(status.servers()).filteredOn(ServerStatus::cutOff).hasSize(3);
    }

    @Test
    void theWayOutIsThatOfTheVersion() {
        World world = World.healthy().killed(US).leaderless();
        List.of("emea_1", "emea_2", "emea_3").forEach(n -> world.server(n).version = "2.15.1");
        assertThat(world.status().next()).anyMatch(n -> n.text().contains("a rescue lowers the quorum"));

        List.of("emea_1", "emea_2", "emea_3").forEach(n -> world.server(n).version = "2.12.15");
        assertThat(world.status().next()).anyMatch(n -> n.text().contains("3 stand-ins with the names"));
    }

    @Test
    void aLeaderThatLostItsMajorityIsNotBelieved() {
        ClusterStatus status = World.healthy().killed(US).status();

        assertThat(status.state()).isEqualTo(ClusterState.NO_META_QUORUM);
        assertThat(status.headline())
                .isEqualTo(
                        "no meta quorum: 3 of 6 members answer, 4 are needed; `emea_1` still names itself leader, and"
                                + " can decide nothing");
    }

    @Test
    void aLeaderThatReachesTooFewIsIsolatedAlthoughAllAnswer() {
        ClusterStatus status =
                World.healthy().offline("us_1", "us_2", "us_3", "emea_2").status();

        assertThat(status.state()).isEqualTo(ClusterState.NO_META_QUORUM);
        assertThat(status.headline()).contains("`emea_1` names itself leader and reaches too few of the 6 members");
    }

    @Test
    void scatteredLossesAskForServersNotForPlans() {
        ClusterStatus status =
                World.healthy().killed("us_1", "us_2", "emea_2").leaderless().status();

        assertThat(status.state()).isEqualTo(ClusterState.NO_META_QUORUM);
        assertThat(commands(status)).isEmpty();
        assertThat(status.next()).anyMatch(n -> n.text().startsWith("Start 1 or more of the servers"));
    }

    @Test
    void anElectionIsNoLossOfQuorum() {
        ClusterStatus status = World.healthy().leaderless().status();

        assertThat(status.state()).isEqualTo(ClusterState.DEGRADED);
        assertThat(status.headline()).contains("nobody leads the meta group although 6 of 6 members answer");
    }

    @Test
    void aSiteThatWasGivenUpIsRestoredAndNotStarted() {
        ClusterStatus status = World.healthy()
                .killed(US)
                .counting(3, "emea_1", "emea_2", "emea_3")
                .status();

        assertThat(status.state()).isEqualTo(ClusterState.DEGRADED);
        assertThat(commands(status))
                .contains("stretchc plan restore --site us stretch.yaml")
                .doesNotContain("stretchc plan recover --lost us stretch.yaml");
        assertThat(status.next()).anyMatch(n -> n.text().contains("keep its servers off"));
    }

    @Test
    void twoLeadersAreASplit() {
        ClusterStatus status = World.healthy().claimedBy("emea_1", "us_1").status();

        assertThat(status.state()).isEqualTo(ClusterState.SPLIT);
        assertThat(status.headline())
                .isEqualTo("split: 2 servers name themselves leader of the meta group, `emea_1`, `us_1`");
        assertThat(status.next().get(0).text()).startsWith("Change nothing.");
    }

    @Test
    void aRescueIsNamed() {
        ClusterStatus status = World.healthy().killed(US).rescued(3).status();

        assertThat(status.state()).isEqualTo(ClusterState.RESCUED);
        assertThat(status.headline()).isEqualTo("rescued: 3 of 6 members decide, by nature it takes 4; 3 answer");
        assertThat(commands(status)).containsExactly("stretchc plan recover --lost us stretch.yaml");
    }

    @Test
    void anArbiterMeansThatItIsBeingRestored() {
        ClusterStatus status = World.healthy().killed(US).joined("emea_4").status();

        assertThat(status.state()).isEqualTo(ClusterState.RESTORING);
        assertThat(status.headline()).isEqualTo("restoring: 3 of 6 servers answer, `emea_4` is there as an arbiter");
        assertThat(status.meta().live()).isEqualTo(4);
        assertThat(commands(status))
                .contains(
                        "stretchc plan return --site us stretch.yaml", "stretchc plan restore --site us stretch.yaml");
    }

    @Test
    void whatAStandInStandsForDoesNotReturn() {
        ResolvedTopology topology = Topologies.resolve(Topologies.STRETCH.replace("    preferred_leader: true\n", """
                    preferred_leader: true
                    stand_ins:
                      - { for: us_1, ports: { client: 4232, cluster: 4252, monitor: 8232 } }
                """));
        World world = World.healthy().killed(US).joined("emea_4").started("us_1");
        world.server("us_1").tags =
                topology.backbone().reserves(Role.STAND_IN).get(0).tags();

        ClusterStatus status = StatusReader.read(topology, world.look(), world.census(), "stretch.yaml");

        assertThat(status.state()).isEqualTo(ClusterState.RESTORING);
        assertThat(commands(status))
                .contains("stretchc plan restore --site us stretch.yaml")
                .doesNotContain("stretchc plan return --site us stretch.yaml");
    }

    @Test
    void anArbiterCountsBeforeThereIsALeaderAsFarAsItsVersionLetsIt() {
        World world = World.healthy().killed(US).leaderless().started("emea_4");
        assertThat(world.status().meta().live()).isEqualTo(4);

        world.server("emea_4").version = "2.12.15";
        assertThat(world.status().meta().live()).isEqualTo(3);
    }

    @Test
    void catchingUpIsOnTheWayBack() {
        World world = World.healthy();
        world.stream("foo").behind.add("us_1");
        ClusterStatus status = world.status();

        assertThat(status.state()).isEqualTo(ClusterState.RESTORING);
        assertThat(status.headline()).isEqualTo("restoring: 6 of 6 servers answer, catching up: 1 of 1 streams");
        assertThat(status.troubles().get(0).text()).isEqualTo("`us_1` is 40 behind.");
    }

    @Test
    void oneServerLess() {
        ClusterStatus status = World.healthy().killed("us_1").status();

        assertThat(status.state()).isEqualTo(ClusterState.DEGRADED);
        assertThat(status.headline())
                .isEqualTo(
                        "degraded: 5 of 6 servers answer (not `us_1`), `emea_1` leads the meta group of 6, in trouble: 1 of 1"
                                + " streams");
        assertThat(reasons(status)).containsExactly(Reason.REPLICA_SILENT);
        assertThat(status.troubles().get(0).text())
                .isEqualTo("`us_1` does not answer; 2 of 3 replicas are left, 0 more may fail.");
        assertThat(commands(status))
                .containsExactly("stretchc plan replace us_1 stretch.yaml", "stretchc plan fallback stretch.yaml");
    }

    @Test
    void aServerThatTheMetaGroupLeavesOutOrThatWasRemoved() {
        ClusterStatus out = World.healthy()
                .counting(5, "emea_1", "emea_2", "emea_3", "us_1", "us_2")
                .status();
        assertThat(out.state()).isEqualTo(ClusterState.DEGRADED);
        assertThat(out.headline()).contains("not in the meta group: `us_3`");
        assertThat(commands(out)).contains("stretchc plan readmit us_3 stretch.yaml");

        World world = World.healthy();
        world.server("us_3").jetstream = JetStream.DISABLED;
        assertThat(world.status().headline()).contains("without JetStream: `us_3`");
        assertThat(world.status().meta().live()).isEqualTo(5);
        world.stream("foo").members.remove("us_2");
        world.stream("foo").messages.remove("us_2");
        assertThat(reasons(world.status())).contains(Reason.REPLICAS_MISSING);
        assertThat(commands(world.status()))
                .contains("stretchc plan readmit us_3 stretch.yaml")
                .doesNotContain("stretchc plan fallback stretch.yaml");
    }

    @Test
    void aReplacementThatIsThereBesideTheDeadOneIsGoneOnWith() {
        ClusterStatus status = World.healthy().killed("us_2").joined("us_2.1").status();

        assertThat(commands(status)).contains("stretchc plan replace us_2 stretch.yaml");
    }

    @Test
    void aServerThatWasReplacedIsStoppedAndNotReadmitted() {
        ClusterStatus status = World.healthy()
                .started("us_2.1")
                .counting(6, "emea_1", "emea_2", "emea_3", "us_1", "us_2.1", "us_3")
                .status();

        assertThat(commands(status)).doesNotContain("stretchc plan readmit us_2 stretch.yaml");
        assertThat(status.next()).anySatisfy(n -> assertThat(n.text()).contains("`us_2` was replaced by `us_2.1`"));
    }

    @Test
    void aReserveThatStoppedAndIsAMemberStillIsPurged() {
        ClusterStatus status = World.healthy().joined("emea_4").killed("emea_4").status();

        assertThat(status.state()).isEqualTo(ClusterState.DEGRADED);
        assertThat(status.headline()).contains("1 of its 7 members does not answer");
        assertThat(commands(status)).containsExactly("stretchc plan purge stretch.yaml");
    }

    @Test
    void everyTroubleOfAStreamHasItsName() {
        World world = World.healthy();
        World.Stream gone = new World.Stream("us_1");
        gone.members.clear();
        gone.messages.clear();
        gone.leader = null;
        world.with("gone", gone);
        World.Stream headless = new World.Stream("us_1", "us_2", "emea_1");
        headless.leader = null;
        world.with("headless", headless);
        World.Stream small = new World.Stream("us_1", "us_2");
        world.with("small", small);
        World.Stream orphan = new World.Stream("us_1", "us_2", "emea_1");
        orphan.listed = false;
        world.with("orphan", orphan);
        World.Stream misplaced = new World.Stream("us_1", "us_2", "us_3");
        world.with("misplaced", misplaced);
        World.Stream haunted = new World.Stream("us_1", "us_2", "(abcdefgh)");
        world.with("haunted", haunted);
        world.stream("foo").placement = List.of("dc:2");
        world.stream("foo").replicas = 1;

        List<String> told = world.status().troubles().stream()
                .map(t -> t.stream() + ": " + t.reason().title() + ": " + t.text())
                .toList();

        assertThat(told)
                .containsExactly(
                        "gone: no copy alive: The meta group knows it, and no server that answers has a copy.",
                        "headless: no leader: 3 of 3 replicas answer (`emea_1`, `us_1`, `us_2`), which is enough; an"
                                + " election takes up to 20 s.",
                        "orphan: not listed: There are copies, and the meta leader does not list it.",
                        "small: replicas missing: It has 2 of 3 replicas: `us_1`, `us_2`.",
                        "haunted: former member: It counts on what the topology does not have: `(peer abcdefgh)`.",
                        "misplaced: wrong placement: It is placed at `ha:1`, which `us_3` does not have.",
                        "foo: not as declared: Its replicas are 1, declared are 3; it is placed at `dc:2`, declared is"
                                + " `ha:1`.",
                        "foo: catching up: It is being moved: 3 members for 1 replicas.");
    }

    @Test
    void aDeclaredStreamThatIsNotThere() {
        World world = World.healthy().with("foo", new World.Stream("us_1", "us_2", "emea_1"));
        world.stream("foo").account = "OTHER";
        assertThat(world.status().troubles())
                .anyMatch(t -> t.reason() == Reason.NOT_THERE && t.text().equals("It is declared, and not there."));
        assertThat(world.status().undeclared()).isEqualTo(1);

        assertThat(reasons(world.killed("us_3").status())).contains(Reason.NO_COPY);
    }

    @Test
    void aLeaderAwayFromHomeIsNoHarm() {
        World world = World.healthy();
        world.stream("foo").leader = "us_1";
        ClusterStatus status = world.status();

        assertThat(status.state()).isEqualTo(ClusterState.HEALTHY);
        assertThat(reasons(status)).containsExactly(Reason.LEADER_AWAY);
        assertThat(commands(status)).contains("stretchc plan home stretch.yaml");
    }

    @Test
    void aStreamOnLentTagsIsNamedWithTheServer() {
        World world = World.healthy();
        world.server("us_3").tags = List.of("unique:us_3", "dc:1", "ha:2", "ha:1");
        world.with("foo", new World.Stream("emea_1", "us_1", "us_3"));
        ClusterStatus status = world.status();

        assertThat(reasons(status)).containsExactly(Reason.ON_LENT_TAGS);
        assertThat(status.troubles().get(0).text()).contains("`us_3` has it by tags that it was lent, of `ha:1`");
        assertThat(commands(status)).contains("stretchc plan fallback --undo stretch.yaml");
    }

    @Test
    void aStreamOnAFallbackIsNoUnknownPlacement() {
        World world = World.healthy();
        var away = new World.Stream("us_1", "us_2", "us_3");
        away.placement = List.of("dc:1");
        world.with("foo", away);
        var status = StatusReader.read(
                io.stretchc.plan.Evening.TOPOLOGY, world.look(), Census.of(world.look(), null), "stretch.yaml");

        assertThat(reasons(status)).contains(Reason.ON_FALLBACK).doesNotContain(Reason.CONFIG_DIFFERS);
        assertThat(status.troubles().get(0).text()).contains("the fallback `us` of its placement");
    }

    @Test
    void aSilentServerOfALiveSiteOffersAFallback() {
        assertThat(commands(World.healthy().killed("us_2").status()))
                .contains("stretchc plan replace us_2 stretch.yaml", "stretchc plan fallback stretch.yaml");
    }

    @Test
    void oddThingsAreWarnings() {
        World world = World.healthy().started("stranger").gap("account APP", "nobody lets me in");
        world.server("us_1").version = "2.11.4";
        world.server("us_2").version = "2.8.4";
        world.server("us_3").tags = List.of("dc:1", "unique:us_3", "odd:1");
        ClusterStatus status = world.status();

        assertThat(status.state()).isEqualTo(ClusterState.DEGRADED);
        assertThat(status.warnings())
                .containsExactly(
                        "These answer, and the topology does not have them: `stranger`.",
                        "A server runs nats-server 2.8.4; what is known here begins with 2.9.0.",
                        "The servers run different versions: 2.8.4, 2.10.27, 2.11.4.",
                        "The server `us_3` runs without the tags `ha:2` and with `odd:1`, which the topology does not"
                                + " give it.",
                        "The topology declares nats-server 2.10.27, and there runs 2.8.4, 2.11.4.",
                        "Not seen: account APP: nobody lets me in");
    }

    @Test
    void wordsForTheShellAreQuoted() {
        assertThat(ShellWord.of("a/b-1.yaml")).isEqualTo("a/b-1.yaml");
        assertThat(ShellWord.of("my file's.yaml")).isEqualTo("'my file'\\''s.yaml'");
    }
}
