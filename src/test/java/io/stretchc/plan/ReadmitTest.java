package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Refusal.Reason;
import io.stretchc.resolve.Role;
import io.stretchc.simulate.Proof;
import io.stretchc.simulate.Simulator;
import io.stretchc.snapshot.ServerState;
import io.stretchc.status.World;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How removed servers become members again, and what is refused. */
class ReadmitTest {
    private static final SiteName US = new SiteName("us");

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void aFollowerIsRestartedAndLeadsThenTheServerStartsEmpty(String version) {
        Plan plan = Former.readmit(version);

        assertThat(Night.ids(plan))
                .containsExactly(
                        "census",
                        "restart-emea_2",
                        "lead-meta-emea_2",
                        "start-us_1",
                        "await-members",
                        "await-APP-foo",
                        "lead-APP-foo",
                        "lead-meta",
                        "verify");
        assertThat(plan.pointOfNoReturn()).isEqualTo(new StepId("start-us_1"));
        proved(plan, Former.removed(version, "us_1"));
    }

    @Test
    void theRestartIsSeenByAnotherProcess() {
        Step restart = Former.readmit("2.10.27").steps().get(1);

        assertThat(restart.after()).contains(new Condition.Restarted(new ServerName("emea_2"), "Nemea_2"));
        assertThat(restart.before()).contains(new Condition.MajorityWithout(new ServerName("emea_2")));
    }

    @Test
    void storesAreKeptWhenAsked() {
        Plan plan =
                Night.planned(Night.result(Former.removed("2.15.1", "us_1"), Night.RICH, readmit(true, "us_1"), null));

        assertThat(plan.steps())
                .extracting(Step::action)
                .contains(new Action.StartServer(new ServerName("us_1"), Role.SERVER, US, false));
        assertThat(plan.pointOfNoReturn()).isNull();
    }

    @Test
    void aServerThatRunsAndIsRefusedIsStoppedAndStartsAnew() {
        World world = Former.removed("2.12.15", "us_1").started("us_1");
        world.server("us_1").version = "2.12.15";
        world.server("us_1").tags = World.healthy().server("us_1").tags;
        world.server("us_1").jetstream = ServerState.JetStream.DISABLED;
        Plan plan = Night.planned(Night.result(world, Night.RICH, readmit(false, "us_1"), null));

        assertThat(Night.ids(plan))
                .startsWith("census", "stop-us_1", "restart-emea_2", "lead-meta-emea_2", "start-us_1");
        proved(plan, world);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.12.15", "2.15.1"})
    void severalServersTakeOneRestart(String version) {
        World world = Former.removed(version, "us_2", "us_3");
        Plan plan = Night.planned(Night.result(world, Night.RICH, readmit(false, "us_3", "us_2"), null));

        assertThat(Night.ids(plan))
                .startsWith("census", "restart-emea_2", "lead-meta-emea_2", "start-us_2", "start-us_3");
        proved(plan, world);
    }

    /** Of six members three are left, and one of them can be away. */
    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.14.0", "2.15.1"})
    void aWholeSiteComesBackUnderItsOldNames(String version) {
        io.stretchc.simulate.World world = Morning.recovered(version);
        var scenario = new Scenario.Restore(US, true);
        Plan plan = Night.planned(Morning.result(world, scenario));

        assertThat(Night.ids(plan)).contains("start-us_1", "start-us_2", "start-us_3", "move-APP-foo", "verify");
        prove(plan, io.stretchc.simulate.World.of(Morning.look(world), Night.RICH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.12.15", "2.14.5"})
    void standInsChangePlacesWithTheirOriginalsOneByOne(String version) {
        io.stretchc.simulate.World world = Morning.recovered(version);
        Plan plan = Night.planned(Morning.result(world, new Scenario.Restore(US, true)));

        assertThat(Night.ids(plan))
                .containsSubsequence("stop-us_1", "start-us_1", "stop-us_2", "start-us_2", "stop-us_3", "start-us_3")
                .noneMatch(id -> id.startsWith("remove-") || id.startsWith("restart-"));
        prove(plan, io.stretchc.simulate.World.of(Morning.look(world), Night.RICH));
    }

    @Test
    void whoIsAMemberNeedsNothing() {
        assertThat(Night.result(World.healthy(), Night.RICH, readmit(false, "us_1"), null))
                .isInstanceOf(PlanResult.NothingToDo.class);
    }

    @Test
    void whoIsAMemberIsNeitherStoppedNorEmptiedBesideOneThatIsNot() {
        World world = Former.removed("2.15.1", "us_1");
        Plan plan = Night.planned(Night.result(world, Night.RICH, readmit(false, "us_1", "us_2"), null));

        assertThat(Night.ids(plan)).contains("start-us_1").doesNotContain("stop-us_2", "start-us_2", "restart-us_2");
        assertThat(plan.warnings())
                .contains("`us_2` is a member of the meta group, and answers: nothing is done to it.");
    }

    @Test
    void whoIsAMemberIsNotReadmittedThoughItsStreamsAreAway() {
        World world = World.healthy();
        world.stream("foo").placement = List.of("dc:1");
        Plan plan = Night.planned(Night.result(world, Night.RICH, readmit(false, "us_1"), null));

        assertThat(Night.ids(plan)).contains("move-APP-foo").noneMatch(id -> id.matches("(start|stop|restart)-.*"));
        assertThat(plan.pointOfNoReturn()).isNull();
        assertThat(plan.strategy().reason()).contains("current members already", "nobody is stopped or emptied");
    }

    @Test
    void whatIsRefused() {
        refused(World.healthy(), Reason.UNKNOWN_SERVER, "nobody");
        refused(Former.removed("2.10.27", "us_1").leaderless(), Reason.NO_LEADER, "us_1");
        refused(World.healthy().killed("us_3"), Reason.NOT_BACK, "us_3");
        World wanting = Former.removed("2.10.27", "us_1").killed("us_3");
        refused(wanting, Reason.SURVIVORS_MISSING, "us_1");
        World standIn = World.healthy().killed("us_1").started("us_1");
        standIn.server("us_1").tags =
                Night.RICH.backbone().reserves(Role.STAND_IN).get(0).tags();
        refused(standIn, Reason.TECHNIQUE, "us_1");
    }

    /** Every follower holds a stream that would lose its majority. */
    @Test
    void noRestartThatCostsAMajority() {
        World world = Former.removed("2.15.1", "us_1", "us_2", "us_3");
        world.stream("foo").members = new java.util.ArrayList<>(List.of("emea_1", "emea_2"));
        world.stream("foo").messages.put("emea_2", 5L);
        var other = new World.Stream("emea_1", "emea_3");
        other.replicas = 2;
        other.placement = List.of("dc:2");
        world.with("bar", other);
        List<Refusal> reasons =
                Night.refused(Night.result(world, Night.RICH, readmit(false, "us_1", "us_2", "us_3"), null));

        assertThat(reasons)
                .anyMatch(r ->
                        r.reason() == Reason.SURVIVORS_MISSING && r.wayOut().contains("five minutes"));
    }

    private static void refused(World world, Reason reason, String server) {
        assertThat(Night.refused(Night.result(world, Night.RICH, readmit(false, server), null)))
                .extracting(Refusal::reason)
                .contains(reason);
    }

    private static Scenario.Readmit readmit(boolean keep, String... servers) {
        return new Scenario.Readmit(Arrays.stream(servers).map(ServerName::new).toList(), keep);
    }

    private static void proved(Plan plan, World world) {
        prove(plan, io.stretchc.simulate.World.of(world.look(), Night.RICH));
    }

    private static void prove(Plan plan, io.stretchc.simulate.World start) {
        Proof proof = Simulator.prove(
                start, plan.steps().stream().map(Step::action).toList(), plan.losses(), plan.scenario());

        assertThat(proof.violations()).as("%s", Night.ids(plan)).isEmpty();
    }
}
