package io.stretchc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Action;
import io.stretchc.plan.Action.AttestLost;
import io.stretchc.plan.Action.AwaitMetaLeader;
import io.stretchc.plan.Action.AwaitStream;
import io.stretchc.plan.Action.MoveMetaLeader;
import io.stretchc.plan.Action.MoveStream;
import io.stretchc.plan.Action.MoveStreamLeader;
import io.stretchc.plan.Action.RecreateStream;
import io.stretchc.plan.Action.RemovePeer;
import io.stretchc.plan.Action.RescueQuorum;
import io.stretchc.plan.Action.StartServer;
import io.stretchc.plan.Action.StopServer;
import io.stretchc.plan.Action.TakeCensus;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.LossEntry.Fate;
import io.stretchc.plan.Scenario;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For each law a plan that breaks it, and is found out. */
class LawsTest {
    private static final SiteName US = new SiteName("us");
    private static final SiteName EMEA = new SiteName("emea");
    private static final Scenario RECOVER = new Scenario.Recover(US);
    private static final Action CENSUS = new TakeCensus(List.of(US));
    private static final Action ATTEST = new AttestLost(US);
    private static final Action LEADER = new AwaitMetaLeader();
    private static final Action ARBITER = start("emea_4", Role.ARBITER);

    @Test
    void aPlanWithoutACensus() {
        broken(lost("2.10.27"), Law.CENSUS, 0, "does not start with a census", ATTEST, ARBITER, LEADER);
    }

    @Test
    void aSiteCalledLostThatAnswers() {
        World alive = Worlds.walkthrough("2.10.27").world();

        broken(alive, Law.WORKS, 0, "us_1 of site us answers", CENSUS);
    }

    @Test
    void anArbiterBeforeAnybodySaidThatTheSiteIsGone() {
        broken(lost("2.10.27"), Law.ATTESTATION, 1, "nobody said that site us is gone", CENSUS, ARBITER, ATTEST);
    }

    @Test
    void aRescueBeforeAnybodySaidThatTheSiteIsGone() {
        broken(lost("2.15.1"), Law.ATTESTATION, 1, "rescue with a quorum of 3", CENSUS, new RescueQuorum(3));
    }

    @Test
    void aSiteThatMayBeAliveElsewhereAndElectsOnItsOwn() {
        World small =
                Worlds.on("2.10.27").site("emea", 2).site("us", 3).lose("us").world();

        broken(small, Law.SPLIT, 1, "if [us_1, us_2, us_3] are cut off and alive", CENSUS, ARBITER, LEADER);
        assertThat(found(small, CENSUS, ATTEST, ARBITER, LEADER)).noneMatch(v -> v.law() == Law.SPLIT);
    }

    @Test
    void aLivePartitionIsNoOtherThanADeath() {
        World cut = Worlds.on("2.10.27")
                .site("emea", 2)
                .site("us", 3)
                .lose("us")
                .world()
                .cut(US, Cut.ALIVE_ELSEWHERE);

        broken(cut, Law.SPLIT, 1, "can elect a leader of the meta group", CENSUS, ARBITER, LEADER);
    }

    @Test
    void aStreamThatBothSidesCouldLead() {
        broken(
                lost("2.10.27"),
                Law.SPLIT,
                3,
                "can elect a leader of stream foo of account APP",
                CENSUS,
                ARBITER,
                LEADER,
                move("foo"));
    }

    @Test
    void aRescueSoLowThatTheSurvivorsCouldSplit() {
        broken(lost("2.15.1"), Law.SPLIT, 2, "two parts of", CENSUS, ATTEST, new RescueQuorum(1), LEADER);
    }

    @Test
    void soManyArbitersThatTheyCouldElectOnTheirOwn() {
        broken(
                lost("2.10.27"),
                Law.SPLIT,
                6,
                "two parts of",
                CENSUS,
                ATTEST,
                start("a1", Role.ARBITER),
                start("a2", Role.ARBITER),
                start("a3", Role.ARBITER),
                start("a4", Role.ARBITER),
                start("a5", Role.ARBITER));
    }

    @Test
    void anEvictionThatTheBillDoesNotName() {
        assertThat(Simulator.prove(
                                lost("2.15.1"),
                                List.of(CENSUS, ATTEST, new RescueQuorum(3), LEADER, remove("us_1")),
                                List.of(),
                                RECOVER)
                        .violations())
                .anyMatch(v ->
                        v.law() == Law.EVICTION && v.step() == 4 && v.sentence().contains("stream foo"))
                .noneMatch(v -> v.law() == Law.EVICTION && v.sentence().contains("em2"));
    }

    @Test
    void aMoveAwayFromCopiesOutOfReachThatTheBillDoesNotName() {
        assertThat(Simulator.prove(
                                lost("2.10.27"),
                                List.of(CENSUS, ATTEST, ARBITER, LEADER, move("foo"), await("foo")),
                                List.of(),
                                RECOVER)
                        .violations())
                .anyMatch(v -> v.law() == Law.EVICTION && v.step() == 4);
    }

    @Test
    void aRemovalWhileAStreamMoves() {
        broken(
                lost("2.10.27"),
                Law.ONE_CHANGE,
                5,
                "the move of stream foo of account APP was not waited for",
                CENSUS,
                ATTEST,
                ARBITER,
                LEADER,
                move("foo"),
                remove("us_1"));
    }

    @Test
    void waitingForMoreReplicasThanTheStreamHas() {
        broken(
                lost("2.10.27"),
                Law.MOVE_ONLY,
                1,
                "would take scaling it",
                CENSUS,
                new AwaitStream(Worlds.ACCOUNT, "r1em", 3),
                LEADER);
    }

    @Test
    void aMoveAfterTheLeadersWentHome() {
        broken(
                lost("2.10.27"),
                Law.LEADERS_LAST,
                7,
                "may undo it",
                CENSUS,
                ATTEST,
                ARBITER,
                LEADER,
                move("foo"),
                await("foo"),
                new MoveStreamLeader(Worlds.ACCOUNT, "foo", Worlds.names("emea_2")),
                move("em2"));
    }

    @Test
    void anArbiterRemovedThatMayLead() {
        var plan = recovery("2.10.27");
        int off = plan.indexOf(remove("arb_1")) - 1;
        plan.remove(off);

        broken(lost("2.10.27"), Law.LEADER_OFF, off, "may hit the leader", plan.toArray(Action[]::new));
    }

    @Test
    void anArbiterRemovedWhileItsVoteIsNeeded() {
        broken(
                lost("2.10.27"),
                Law.WORKS,
                6,
                "no leader",
                CENSUS,
                ATTEST,
                ARBITER,
                LEADER,
                new MoveMetaLeader(Worlds.names("emea_1")),
                remove("emea_4"),
                remove("us_1"));
    }

    @Test
    void aMoveOn215BeforeTheDeadAreRemoved() {
        broken(
                lost("2.15.1"),
                Law.WORKS,
                4,
                "does not answer an update before the dead members are removed",
                CENSUS,
                ATTEST,
                new RescueQuorum(3),
                LEADER,
                move("foo"));
    }

    @Test
    void aRemovalOn210BeforeTheMove() {
        broken(
                lost("2.10.27"),
                Law.WORKS,
                5,
                "still being reconfigured",
                CENSUS,
                ATTEST,
                ARBITER,
                LEADER,
                remove("us_1"),
                move("foo"));
    }

    @Test
    void techniquesOfOtherVersions() {
        broken(lost("2.12.8"), Law.WORKS, 3, "no leader of the meta group", CENSUS, ATTEST, ARBITER, LEADER);
        broken(lost("2.12.15"), Law.WORKS, 2, "know no META.RESCUE", CENSUS, ATTEST, new RescueQuorum(3), LEADER);
        broken(
                lost("2.15.1"),
                Law.WORKS,
                4,
                "no leader of the meta group",
                CENSUS,
                ATTEST,
                start("us_1", Role.STAND_IN),
                start("us_2", Role.STAND_IN),
                LEADER);
    }

    @Test
    void aRescueWhileALeaderIsKnown() {
        World whole = Worlds.walkthrough("2.15.1").world();

        assertThat(Effects.of(new RescueQuorum(3), whole)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aRemovedNameStartedAgain() {
        broken(
                lost("2.15.1"),
                Law.WORKS,
                5,
                "was removed, and is not admitted again",
                CENSUS,
                ATTEST,
                new RescueQuorum(3),
                LEADER,
                remove("us_1"),
                start("us_1", Role.STAND_IN));
    }

    @Test
    void theDataHolderStoppedWhileBlankMembersExist() {
        broken(
                lost("2.12.15"),
                Law.HOLDER,
                5,
                "while blank members of it exist",
                CENSUS,
                ATTEST,
                start("us_1", Role.STAND_IN),
                start("us_2", Role.STAND_IN),
                start("us_3", Role.STAND_IN),
                new StopServer(new ServerName("emea_1"), Role.SERVER),
                LEADER);
    }

    @Test
    void blankMembersStartedWhileTheDataHolderIsAway() {
        World away = Worlds.walkthrough("2.10.27").lose("us").kill("emea_1").world();

        broken(
                away,
                Law.HOLDER,
                3,
                "blank members can elect an empty leader of stream foo",
                CENSUS,
                ATTEST,
                start("us_1", Role.STAND_IN),
                start("us_2", Role.STAND_IN),
                LEADER);
    }

    @Test
    void aStreamMadeAnewThoughASurvivorHoldsIt() {
        broken(
                lost("2.10.27"),
                Law.DATA,
                4,
                "a survivor held stream foo of account APP up to 5",
                CENSUS,
                ATTEST,
                ARBITER,
                LEADER,
                new RecreateStream(Worlds.ACCOUNT, "foo", List.of("dc:emea")));
    }

    /** Removals refill what has no copy left, empty (2.10.27); where other servers match, and before it is made anew. */
    @Test
    void aStreamThatComesBackEmptyBeforeItIsMadeAnew() {
        World world = Worlds.walkthrough("2.10.27").stream("any", "live", "us_1 us_2 us_3")
                .lose("us")
                .world();
        Action anew = new RecreateStream(Worlds.ACCOUNT, "any", List.of("dc:emea"));
        Action[] late = {
            CENSUS, ATTEST, ARBITER, LEADER, remove("us_1"), remove("us_2"), remove("us_3"), anew,
        };

        broken(world, Law.EMPTY, 5, "brings stream any of account APP back empty", late);
        assertThat(found(world, CENSUS, ATTEST, ARBITER, LEADER, anew, remove("us_1"), remove("us_2"), remove("us_3")))
                .noneMatch(v -> v.law() == Law.EMPTY);
        broken(
                Worlds.walkthrough("2.15.1").stream("any", "live", "us_1 us_2 us_3")
                        .lose("us")
                        .world(),
                Law.EMPTY,
                6,
                "brings stream any of account APP back empty",
                CENSUS,
                ATTEST,
                new RescueQuorum(3),
                LEADER,
                remove("us_1"),
                remove("us_2"),
                remove("us_3"),
                anew);
    }

    /** emea_3 holds it, and is only away: empty servers would elect without it. */
    @Test
    void aStreamThatIsRefilledWhileItsHolderIsAway() {
        World world = Worlds.on("2.10.27").site("emea", 5).site("us", 2).stream("any", "live", "us_1 us_2 emea_3")
                .kill("emea_3")
                .lose("us")
                .world();

        broken(
                world,
                Law.HOLDER,
                4,
                "blank members can elect an empty leader of stream any",
                CENSUS,
                ATTEST,
                LEADER,
                remove("us_1"),
                remove("us_2"));
    }

    @Test
    void aBridgeThatEvicts() {
        World world = lost("2.10.27");
        var plan = List.of(CENSUS, ATTEST, ARBITER, LEADER, remove("us_1"));

        assertThat(Simulator.prove(world, plan, List.of(), new Scenario.Bridge(US))
                        .violations())
                .anyMatch(v -> v.law() == Law.BRIDGE && v.step() == 4);
    }

    @Test
    void aBridgeOverAStandIn() {
        World world = lost("2.10.27");
        var plan = List.of(CENSUS, ATTEST, start("us_1", Role.STAND_IN), LEADER);

        assertThat(Simulator.prove(world, plan, List.of(), new Scenario.Bridge(US))
                        .violations())
                .anyMatch(v -> v.law() == Law.BRIDGE && v.step() == 2);
    }

    @Test
    void aBillThatPromisesTooMuch() {
        World world = lost("2.10.27");
        var bill = new ArrayList<>(Canonical.bill(world));
        bill.replaceAll(e -> e.stream().equals("foo")
                ? new LossEntry(e.account(), e.stream(), Fate.MAJORITY_ALIVE, e.survivors(), 6, 6, "wrong")
                : e);

        assertThat(Simulator.prove(world, recovery("2.10.27"), bill, RECOVER).violations())
                .filteredOn(v -> v.law() == Law.BILL)
                .hasSize(2);
    }

    @Test
    void aPlanThatForgetsAStreamOrAMember() {
        var forgetful = recovery("2.10.27");
        forgetful.removeIf(a -> a.equals(move("em2")) || a.equals(await("em2")));
        var leaving = recovery("2.10.27");
        leaving.remove(remove("us_3"));

        int end = forgetful.size();
        broken(lost("2.10.27"), Law.END, end, "stream em2", forgetful.toArray(Action[]::new));
        broken(lost("2.10.27"), Law.END, leaving.size(), "us_3 is still a member", leaving.toArray(Action[]::new));
    }

    /** Starting the blank server again wipes what was moved onto it. */
    @Test
    void aPlanThatEndsElsewhereWhenAppliedAgain() {
        World world = Worlds.walkthrough("2.10.27")
                .replacement("emea", "emea_9")
                .lose("us")
                .world();

        broken(
                world,
                Law.SAME_END,
                7,
                "the plan ends in another state",
                CENSUS,
                ATTEST,
                ARBITER,
                LEADER,
                start("emea_9", Role.REPLACEMENT),
                new MoveStream(Worlds.ACCOUNT, "r1em", List.of("unique:emea_9")),
                new AwaitStream(Worlds.ACCOUNT, "r1em", 1),
                new StopServer(new ServerName("emea_9"), Role.REPLACEMENT));
    }

    private static void broken(World world, Law law, int step, String words, Action... plan) {
        assertThat(found(world, plan))
                .as("%s", List.of(plan))
                .anyMatch(
                        v -> v.law() == law && v.step() == step && v.sentence().contains(words));
    }

    private static List<Violation> found(World world, Action... plan) {
        return Simulator.prove(world, List.of(plan), Canonical.bill(world), RECOVER)
                .violations();
    }

    private static List<Action> recovery(String version) {
        return new ArrayList<>(Canonical.recover(lost(version), US).orElseThrow());
    }

    private static World lost(String version) {
        return Worlds.walkthrough(version).lose("us").world();
    }

    private static Action start(String server, Role role) {
        return new StartServer(new ServerName(server), role, EMEA, true);
    }

    private static Action remove(String server) {
        return new RemovePeer(new ServerName(server));
    }

    private static Action move(String stream) {
        return new MoveStream(Worlds.ACCOUNT, stream, List.of("dc:emea"));
    }

    private static Action await(String stream) {
        return new AwaitStream(Worlds.ACCOUNT, stream, 3);
    }
}
