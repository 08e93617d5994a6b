package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.LossEntry.Fate;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.quorum.Technique;
import io.stretchc.resolve.Role;
import io.stretchc.status.World;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of steps per version class, and what is refused. The facts are those of {@link Night}. */
class PlannerTest {
    private static final Scenario RECOVER = new Scenario.Recover(new SiteName("us"));
    private static final Scenario BRIDGE = new Scenario.Bridge(new SiteName("us"));

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17"})
    void upTo211OneArbiterVotesStreamsMoveThenTheDeadAreRemovedThenTheArbiter(String version) {
        assertThat(Night.ids(Night.recover(version)))
                .containsExactly(
                        "census",
                        "attest-us",
                        "copy-stores",
                        "start-emea_4",
                        "await-leader",
                        "move-APP-foo",
                        "move-APP-em2",
                        "await-APP-foo",
                        "await-APP-em2",
                        "remove-us_1",
                        "remove-us_2",
                        "remove-us_3",
                        "lead-meta",
                        "remove-emea_4",
                        "stop-emea_4",
                        "verify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.12.0", "2.12.8", "2.12.13", "2.14.0", "2.14.3"})
    void from212AsManyNewServersAsDeadOnesStartTogether(String version) {
        Plan plan = Night.recover(version);

        assertThat(plan.strategy().technique()).isEqualTo(Technique.NEW_SERVERS);
        assertThat(Night.ids(plan))
                .containsSubsequence(
                        "start-emea_4",
                        "start-emea_5",
                        "start-emea_6",
                        "await-leader",
                        "move-APP-foo",
                        "await-APP-foo",
                        "remove-us_1",
                        "remove-us_3",
                        "lead-meta",
                        "remove-emea_4",
                        "stop-emea_4",
                        "remove-emea_6",
                        "stop-emea_6",
                        "verify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.12.14", "2.12.15", "2.14.4", "2.14.5"})
    void whereNewNamesAreIgnoredAllStandInsStartAndNobodyIsRemoved(String version) {
        Plan plan = Night.recover(version);

        assertThat(plan.strategy().technique()).isEqualTo(Technique.STAND_INS);
        assertThat(Night.ids(plan))
                .containsExactly(
                        "census",
                        "attest-us",
                        "copy-stores",
                        "start-us_1",
                        "start-us_2",
                        "start-us_3",
                        "await-leader",
                        "await-APP-foo",
                        "await-APP-em2",
                        "move-APP-foo",
                        "await-APP-foo~2",
                        "lead-meta",
                        "verify");
        assertThat(plan.warnings()).anyMatch(w -> w.contains("EMPTY"));
        assertThat(loss(plan, "usr3").why()).contains("EMPTY");
    }

    @Test
    void beforeAStandInStartsAllSurvivorsMustAnswer() {
        Plan plan = Night.recover("2.12.15");

        assertThat(plan.steps())
                .filteredOn(s -> s.action() instanceof Action.StartServer)
                .allSatisfy(s -> {
                    assertThat(s.risk()).isEqualTo(Risk.IRREVERSIBLE);
                    assertThat(s.before()).contains(new Condition.Answering(names("emea_1", "emea_2", "emea_3")));
                    assertThat(((Action.StartServer) s.action()).role()).isEqualTo(Role.STAND_IN);
                });
    }

    @Test
    void from215TheRescueComesFirstThenAllDeadAreRemovedThenStreamsMove() {
        Plan plan = Night.recover("2.15.1");

        assertThat(plan.strategy().technique()).isEqualTo(Technique.RESCUE);
        assertThat(Night.ids(plan))
                .containsExactly(
                        "census",
                        "attest-us",
                        "copy-stores",
                        "rescue",
                        "await-leader",
                        "remove-us_1",
                        "remove-us_2",
                        "remove-us_3",
                        "move-APP-foo",
                        "move-APP-em2",
                        "await-APP-foo",
                        "await-APP-em2",
                        "verify");
        Step rescue = step(plan, "rescue");
        assertThat(rescue.action()).isEqualTo(new Action.RescueQuorum(3));
        assertThat(rescue.before()).contains(new Condition.NoMetaLeader());
    }

    /** For some seconds after the loss a survivor that led goes on naming itself. */
    @Test
    void aLeaderWithoutFollowersIsNoLeader() {
        World world = Night.of("2.10.27").claimedBy("emea_1");

        Plan plan = Night.planned(Night.result(world, Night.RICH, RECOVER, null));

        assertThat(plan.strategy().technique()).isEqualTo(Technique.ARBITER);
        assertThat(Night.ids(plan)).contains("start-emea_4", "await-leader");
    }

    @Test
    void theBillSaysWhatEachStreamHasLeft() {
        Plan plan = Night.recover("2.10.27");

        assertThat(loss(plan, "foo").fate()).isEqualTo(Fate.ONE_COPY_ALIVE);
        assertThat(loss(plan, "foo").lastSequence()).isEqualTo(5);
        assertThat(loss(plan, "em2").fate()).isEqualTo(Fate.MAJORITY_ALIVE);
        assertThat(loss(plan, "usr3").fate()).isEqualTo(Fate.NONE_ALIVE);
        assertThat(plan.losses()).noneMatch(l -> l.stream().equals("r1em"));
    }

    @Test
    void aSingleReplicaThatIsAliveIsNamedThoughNothingHappensToIt() {
        assertThat(Night.recover("2.10.27").warnings())
                .contains("A stream has a single replica, on a survivor, and is not touched; nobody else has it:"
                        + " `APP/r1em`.");
    }

    @Test
    void theFirstForcedMoveIsThePointOfNoReturn() {
        assertThat(Night.recover("2.10.27").pointOfNoReturn()).isEqualTo(new StepId("move-APP-foo"));
        assertThat(Night.recover("2.12.15").pointOfNoReturn()).isEqualTo(new StepId("start-us_1"));
        assertThat(Night.recover("2.15.1").pointOfNoReturn()).isEqualTo(new StepId("remove-us_1"));
    }

    @Test
    void aMinorityStreamMovesToTheTagsOfTheSurvivingSiteAndWaitsForItsSequence() {
        Plan plan = Night.recover("2.11.17");

        assertThat(step(plan, "move-APP-foo").action()).isEqualTo(new Action.MoveStream("APP", "foo", List.of("dc:2")));
        assertThat(step(plan, "await-APP-foo").after())
                .contains(
                        new Condition.StreamWhole("APP", "foo", 3, 5),
                        new Condition.StreamOff("APP", "foo", names("us_1", "us_2")));
    }

    @Test
    void noStepMovesAndScalesAndNobodyIsRemovedBeforeTheWaitsUpTo214() {
        for (String version : List.of("2.10.27", "2.12.8", "2.14.0")) {
            List<String> ids = Night.ids(Night.recover(version));
            assertThat(ids.indexOf("await-APP-foo")).isLessThan(ids.indexOf("remove-us_1"));
        }
    }

    @Test
    void theSamePlanForTheSameInput() {
        assertThat(Night.recover("2.10.27")).isEqualTo(Night.recover("2.10.27"));
    }

    @Test
    void aSiteOfWhichAServerAnswersIsNotLost() {
        World world = Night.of("2.10.27").started("us_2");

        assertThat(reasons(world, RECOVER)).containsExactly(Reason.LOST_ANSWERS);
        assertThat(reasons(world, BRIDGE)).containsExactly(Reason.LOST_ANSWERS);
    }

    @Test
    void missingReservesAreNamedWithTheCommandThatMakesThem() {
        List<Refusal> refusals = Night.refused(Night.result(Night.of("2.12.15"), World.TOPOLOGY, RECOVER, null));

        assertThat(refusals).singleElement().satisfies(r -> {
            assertThat(r.reason()).isEqualTo(Reason.RESERVES_MISSING);
            assertThat(r.sentence()).contains("`us_1`, `us_2`, `us_3`");
            assertThat(r.wayOut()).contains("stretchc arbiter TOPOLOGY --site emea");
        });
        assertThat(Night.refused(Night.result(Night.of("2.12.8"), World.TOPOLOGY, RECOVER, null)))
                .singleElement()
                .satisfies(r -> assertThat(r.reason()).isEqualTo(Reason.RESERVES_MISSING));
    }

    @Test
    void aTechniqueThatTheVersionDoesNotKnowIsRefused() {
        assertThat(Night.refused(Night.result(Night.of("2.10.27"), Night.RICH, RECOVER, Technique.RESCUE)))
                .singleElement()
                .satisfies(r -> assertThat(r.reason()).isEqualTo(Reason.TECHNIQUE));
        assertThat(Night.planned(Night.result(Night.of("2.10.27"), Night.RICH, RECOVER, Technique.STAND_INS))
                        .strategy()
                        .technique())
                .isEqualTo(Technique.STAND_INS);
    }

    @Test
    void mixedVersionsOfDifferentProceduresAreRefusedAndOthersFollowTheOldest() {
        World world = Night.of("2.12.15");
        world.server("emea_2").version = "2.11.17";
        World near = Night.of("2.11.17");
        near.server("emea_2").version = "2.10.27";

        assertThat(reasons(world, RECOVER)).containsExactly(Reason.VERSIONS);
        Plan plan = Night.planned(Night.result(near, Night.RICH, RECOVER, null));
        assertThat(plan.version()).hasToString("2.10.27");
        assertThat(plan.warnings()).anyMatch(w -> w.contains("for the oldest"));
    }

    @Test
    void twoLeadersAreASplit() {
        assertThat(reasons(Night.of("2.10.27").claimedBy("emea_1", "emea_2"), RECOVER))
                .containsExactly(Reason.SPLIT);
    }

    @Test
    void aMinorityStreamWithoutAPlaceForAllItsReplicasIsRefused() {
        World world = Night.of("2.10.27");
        world.stream("foo").replicas = 5;

        assertThat(reasons(world, RECOVER)).contains(Reason.NOWHERE_TO_GO);
    }

    @Test
    void bridgingStartsTheArbiterRemovesNobodyAndMovesNothing() {
        Plan plan = Night.planned(Night.result(Night.of("2.10.27"), Night.RICH, BRIDGE, null));

        assertThat(Night.ids(plan)).containsExactly("census", "attest-us", "start-emea_4", "await-leader", "verify");
        assertThat(plan.pointOfNoReturn()).isNull();
        assertThat(plan.warnings()).anyMatch(w -> w.contains("do not remove its servers"));
    }

    @Test
    void bridgingWithStandInsIsRefusedSinceTheyHaveTheNamesOfThoseThatComeBack() {
        assertThat(reasons(Night.of("2.12.15"), BRIDGE)).containsExactly(Reason.TECHNIQUE);
    }

    @Test
    void bridgingWithARescueSaysThatItLastsFiveMinutes() {
        Plan plan = Night.planned(Night.result(Night.of("2.15.1"), Night.RICH, BRIDGE, null));

        assertThat(Night.ids(plan)).containsExactly("census", "attest-us", "rescue", "await-leader", "verify");
        assertThat(plan.warnings()).anyMatch(w -> w.contains("five minutes"));
    }

    @Test
    void withALeaderThereIsNothingToBridge() {
        World world = World.healthy().killed("us_1").claimedBy("emea_1");

        assertThat(Night.result(world, Night.RICH, new Scenario.Bridge(new SiteName("emea")), null))
                .isInstanceOf(PlanResult.Refused.class);
        World emea =
                Night.of("2.10.27").counting(3, "emea_1", "emea_2", "emea_3").claimedBy("emea_1");
        assertThat(Night.result(emea, Night.RICH, BRIDGE, null)).isInstanceOf(PlanResult.NothingToDo.class);
    }

    @Test
    void anInterruptedRecoveryIsPlannedOnFromWhereItStands() {
        World world = Night.of("2.10.27")
                .started("emea_4")
                .counting(6, "emea_1", "emea_2", "emea_3", "emea_4", "us_2", "us_3")
                .claimedBy("emea_4");

        Plan plan = Night.planned(Night.result(world, Night.RICH, RECOVER, null));

        assertThat(plan.strategy().technique()).isNull();
        assertThat(Night.ids(plan))
                .containsSubsequence("move-APP-foo", "await-APP-foo", "remove-us_2", "lead-meta", "remove-emea_4")
                .doesNotContain("remove-us_1", "start-emea_4");
    }

    @Test
    void aDeclaredStreamWithoutACopyIsCreatedAnewUnlessSomebodySilentMayHoldIt() {
        World world = Night.of("2.11.17");
        world.stream("foo").members.clear();
        world.stream("foo").members.addAll(List.of("us_1", "us_2", "us_3"));
        world.stream("foo").messages.clear();

        Plan plan = Night.planned(Night.result(world, Night.RICH, RECOVER, null));

        assertThat(step(plan, "recreate-APP-foo").action())
                .isEqualTo(new Action.RecreateStream("APP", "foo", List.of("dc:2")));
        assertThat(step(plan, "recreate-APP-foo").before()).contains(new Condition.NothingHeld("APP", "foo"));

        world.killed("emea_3");
        assertThat(Night.result(world, Night.RICH, RECOVER, null).toString()).doesNotContain("RecreateStream");
    }

    /** A stream that the topology does not declare, of which no copy is left, on servers of any kind. */
    private static World withOrders(String version, String... members) {
        World world = Night.of(version);
        var orders = new World.Stream(members[0], java.util.Arrays.copyOfRange(members, 1, members.length));
        orders.placement = List.of();
        orders.leader = null;
        orders.messages.clear();
        return world.with("orders", orders);
    }

    private static String bill(Plan plan, String stream) {
        return plan.losses().stream()
                .filter(l -> l.stream().equals(stream))
                .map(LossEntry::why)
                .collect(java.util.stream.Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.14.0", "2.15.1"})
    void whatTheRemovalsBringBackEmptyIsSaidInTheBill(String version) {
        World world = withOrders(version, "us_1", "us_2", "us_3");

        Plan plan = Night.planned(Night.result(world, Night.RICH, RECOVER, null));

        assertThat(bill(plan, "orders")).contains("When the lost are removed it comes back EMPTY");
        assertThat(bill(plan, "usr3")).doesNotContain("EMPTY");
        assertThat(plan.warnings()).anyMatch(w -> w.contains("`orders`") && w.contains("comes back EMPTY"));
    }

    @Test
    void aStreamWhoseOnlyHolderIsAwayElsewhereIsNotRefilledWithoutIt() {
        World world = withOrders("2.10.27", "us_1", "us_2", "emea_3").killed("emea_3");
        world.counting(3, "emea_1", "emea_2", "us_1").claimedBy("emea_1");

        assertThat(Night.refused(Night.result(world, Night.RICH, RECOVER, null)))
                .anyMatch(r -> r.reason() == Refusal.Reason.SURVIVORS_MISSING
                        && r.sentence().contains("`orders`")
                        && r.wayOut().equals("Start `emea_3` first."));
    }

    @Test
    void aPersonsWordIsNeverTakenFromWhatIsSeen() {
        Plan plan = Night.recover("2.10.27");

        assertThat(step(plan, "attest-us").after()).isEmpty();
        assertThat(step(plan, "copy-stores").after()).isEmpty();
        assertThat(step(plan, "verify").after()).isEmpty();
    }

    @Test
    void everyStepOfTenThousandStreamsIsPlanned() {
        World world = Night.of("2.10.27");
        for (int i = 0; i < 10_000; i++) {
            var stream = new World.Stream("emea_1", "us_1", "us_2");
            stream.leader = null;
            stream.messages.remove("us_1");
            stream.messages.remove("us_2");
            world.with("s" + i, stream);
        }
        var snapshot = new PlanInput(Night.RICH, new Plan.Source("t.yaml", "t"), world.look(), "s", null);

        Plan plan = Night.planned(Planner.plan(snapshot, RECOVER));

        assertThat(plan.steps()).hasSizeGreaterThan(20_000);
    }

    @Test
    void anUnknownSiteIsRefused() {
        assertThat(reasons(Night.of("2.10.27"), new Scenario.Recover(new SiteName("mars"))))
                .containsExactly(Reason.UNKNOWN_SITE);
    }

    private static List<Reason> reasons(World world, Scenario scenario) {
        return Night.refused(Night.result(world, Night.RICH, scenario, null)).stream()
                .map(Refusal::reason)
                .toList();
    }

    private static LossEntry loss(Plan plan, String stream) {
        return plan.losses().stream()
                .filter(l -> l.stream().equals(stream))
                .findFirst()
                .orElseThrow();
    }

    private static Step step(Plan plan, String id) {
        Optional<Step> found =
                plan.steps().stream().filter(s -> s.id().text().equals(id)).findFirst();
        return found.orElseThrow();
    }

    private static List<ServerName> names(String... names) {
        return List.of(names).stream().map(ServerName::new).toList();
    }
}
