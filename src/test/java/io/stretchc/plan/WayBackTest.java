package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Refusal.Reason;
import io.stretchc.resolve.Role;
import io.stretchc.simulate.World;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a site comes back, per version class, and what is refused. The facts are those of {@link Morning}. */
class WayBackTest {
    private static final SiteName US = new SiteName("us");
    private static final Scenario RESTORE = new Scenario.Restore(US);
    private static final Scenario RETURN = new Scenario.Return(US);

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.14.0", "2.15.1"})
    void replacementsJoinStreamsMoveThenLeadersThenTheMetaLeader(String version) {
        assertThat(Night.ids(Morning.restore(version)))
                .containsExactly(
                        "census",
                        "start-us_1.1",
                        "start-us_2.1",
                        "start-us_3.1",
                        "await-members",
                        "move-APP-foo",
                        "await-APP-foo",
                        "lead-APP-foo",
                        "lead-meta",
                        "verify");
    }

    @Test
    void aSiteThatWasNeverGivenUpNeedsNoRestoring() {
        var world = io.stretchc.status.World.healthy();

        assertThat(Night.result(world, Night.RICH, RESTORE, null))
                .isInstanceOfSatisfying(
                        PlanResult.NothingToDo.class, n -> assertThat(n.why()).contains("it was not given up"));

        world.killed("us_3");
        assertThat(Night.refused(Night.result(world, Night.RICH, RESTORE, null)))
                .anySatisfy(r -> assertThat(r.sentence()).contains("was not given up"))
                .noneSatisfy(r -> assertThat(r.wayOut()).startsWith("Stop it"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.12.15", "2.14.5"})
    void standInsLeaveOneAtATimeEachAfterItsStreamsAreWholeElsewhere(String version) {
        assertThat(Night.ids(Morning.restore(version)))
                .containsExactly(
                        "census",
                        "start-us_1.1",
                        "start-us_2.1",
                        "start-us_3.1",
                        "await-members",
                        "move-APP-foo",
                        "await-APP-foo",
                        "lead-meta-away",
                        "remove-us_1",
                        "await-APP-usr3",
                        "stop-us_1",
                        "remove-us_2",
                        "await-APP-usr3~2",
                        "stop-us_2",
                        "remove-us_3",
                        "await-APP-em2",
                        "await-APP-usr3~3",
                        "stop-us_3",
                        "lead-APP-foo",
                        "lead-meta",
                        "verify");
    }

    @Test
    void aReplacementStartsEmptyAndIsSeenCurrentByTheLeader() {
        Step start = step(Morning.restore("2.10.27"), "start-us_1.1");

        assertThat(start.action())
                .isEqualTo(new Action.StartServer(new ServerName("us_1.1"), Role.REPLACEMENT, US, true));
        assertThat(start.after())
                .containsExactly(new Condition.Answering(names("us_1.1")), new Condition.MetaCurrent(names("us_1.1")));
    }

    @Test
    void aStreamThatTheTopologyDoesNotDeclareStaysAndIsNamed() {
        Plan plan = Morning.restore("2.10.27");

        assertThat(plan.warnings()).anyMatch(w -> w.contains("`em2`") && w.contains("left as it is"));
        assertThat(plan.warnings()).anyMatch(w -> w.contains("`usr3`") && w.contains("backup"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void whatWasRestoredNeedsNothingMore(String version) {
        World done = Morning.after(Morning.recovered(version), Morning.restore(version));

        assertThat(Morning.result(done, RESTORE)).isInstanceOf(PlanResult.NothingToDo.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void aRestoreIsPlannedOnFromWhereverItWasInterrupted(String version) {
        World world = Morning.recovered(version);
        for (Step step : Morning.restore(version).steps()) {
            world = Morning.after(world, step.action());
            PlanResult rest = Morning.result(world, RESTORE);
            World end = rest instanceof PlanResult.Planned p ? Morning.after(world, p.plan()) : world;

            assertThat(Morning.result(end, RESTORE))
                    .as("after %s", step.id())
                    .isInstanceOf(PlanResult.NothingToDo.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.14.0"})
    void originalsStartWithTheirStoresThenArbitersLeave(String version) {
        Plan plan = Morning.back(version);

        assertThat(Night.ids(plan))
                .startsWith("census", "start-us_1", "start-us_2", "start-us_3", "await-members")
                .containsSubsequence(
                        "await-members",
                        "await-APP-foo",
                        "lead-meta-away",
                        "remove-emea_4",
                        "stop-emea_4",
                        "lead-meta",
                        "verify");
        assertThat(step(plan, "start-us_1").action())
                .isEqualTo(new Action.StartServer(new ServerName("us_1"), Role.SERVER, US, false));
    }

    @Test
    void aLoweredQuorumRunsOutBeforeAServerOfTheSiteStarts() {
        Plan plan = Morning.back("2.15.1");

        assertThat(Night.ids(plan)).startsWith("census", "await-natural-quorum", "start-us_1");
        assertThat(step(plan, "await-natural-quorum").within()).hasMinutes(6);
        assertThat(step(plan, "start-us_1").before()).containsExactly(new Condition.NaturalQuorum());
    }

    @Test
    void whenAllAreBackDuringARescueTheVerificationWaitsForItsEnd() {
        World world = Morning.bridged("2.15.1");
        for (ServerName name : names("us_1", "us_2", "us_3")) {
            world = Morning.after(world, new Action.StartServer(name, Role.SERVER, US, false));
        }

        Plan plan = Night.planned(Morning.result(world, RETURN));

        assertThat(Night.ids(plan)).doesNotContain("await-natural-quorum");
        assertThat(step(plan, "verify").within()).hasMinutes(6);
        assertThat(step(plan, "verify").reason()).contains("run out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.14.0", "2.15.1"})
    void aReturnIsPlannedOnFromWhereverItWasInterrupted(String version) {
        World world = Morning.bridged(version);
        for (Step step : Morning.back(version).steps()) {
            world = Morning.after(world, step.action());
            PlanResult rest = Morning.result(world, RETURN);
            World end = rest instanceof PlanResult.Planned p ? Morning.after(world, p.plan()) : world;

            assertThat(Morning.result(end, RETURN))
                    .as("after %s", step.id())
                    .isInstanceOf(PlanResult.NothingToDo.class);
        }
    }

    @Test
    void beforeTheSiteIsGivenUpThereIsNothingToRestore() {
        assertThat(reasons(Night.world("2.10.27"), RESTORE)).containsExactly(Reason.NO_LEADER);
        assertThat(reasons(Morning.bridged("2.10.27"), RESTORE)).containsExactly(Reason.UNFINISHED);
    }

    @Test
    void aFormerNameThatAnswersIsRefused() {
        World back = Morning.after(
                Morning.bridged("2.10.27"), new Action.StartServer(new ServerName("us_1"), Role.SERVER, US, false));

        assertThat(reasons(back, RESTORE)).contains(Reason.LOST_ANSWERS);
    }

    @Test
    void aSiteThatWasGivenUpDoesNotReturnUnderItsNames() {
        assertThat(reasons(Morning.recovered("2.10.27"), RETURN)).containsExactly(Reason.NOT_BACK);
        assertThat(reasons(Morning.recovered("2.12.15"), RETURN)).containsExactly(Reason.TECHNIQUE);
    }

    @Test
    void whoIsMissingElsewhereComesFirst() {
        World world = Morning.after(
                Morning.recovered("2.10.27"), new Action.StopServer(new ServerName("emea_3"), Role.SERVER));

        assertThat(reasons(world, RESTORE)).contains(Reason.SURVIVORS_MISSING);
    }

    @Test
    void anUnknownSiteIsRefused() {
        assertThat(reasons(Morning.recovered("2.10.27"), new Scenario.Restore(new SiteName("mars"))))
                .containsExactly(Reason.UNKNOWN_SITE);
    }

    private static List<Reason> reasons(World world, Scenario scenario) {
        return Night.refused(Morning.result(world, scenario)).stream()
                .map(Refusal::reason)
                .toList();
    }

    private static Step step(Plan plan, String id) {
        return plan.steps().stream()
                .filter(s -> s.id().text().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<ServerName> names(String... names) {
        return List.of(names).stream().map(ServerName::new).toList();
    }
}
