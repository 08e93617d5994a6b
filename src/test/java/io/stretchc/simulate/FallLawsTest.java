package io.stretchc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Action;
import io.stretchc.plan.Scenario;
import io.stretchc.topology.ServerName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lent tags and replaced members do in the model, and plans that break the laws about them. */
class FallLawsTest {
    private static final Scenario FALLBACK = new Scenario.Fallback(List.of(), false);
    private static final Action CENSUS = new Action.TakeCensus(List.of());
    private static final Action REMAP = Action.RemoveStreamPeer.of(Worlds.ACCOUNT, "foo", new ServerName("us_2"));
    private static final Action AWAIT = new Action.AwaitStream(Worlds.ACCOUNT, "foo", 3);

    private static World world(String version) {
        return Worlds.on(version).site("emea", 3).site("us", 3).stream("foo", "ha:1", "emea_1 us_1 us_2").stream(
                        "usr3", "dc:us", "us_1 us_2 us_3")
                .world();
    }

    /** The stream's servers have its tag, and the third of them is dead. */
    private static World night(String version) {
        World world = world(version);
        for (String name : List.of("emea_1", "us_1", "us_2")) {
            world = done(world, tags(name, name.startsWith("us") ? "us" : "emea", "ha:1"));
        }
        ServerName dead = new ServerName("us_2");
        Node node = java.util.Objects.requireNonNull(world.nodes().get(dead));
        return Settling.settled(world.with(node.in(Node.State.DOWN)));
    }

    private static Action.RetagServer tags(String server, String site, String... more) {
        var all = new java.util.ArrayList<>(List.of("unique:" + server, "dc:" + site, "live"));
        all.addAll(List.of(more));
        return new Action.RetagServer(new ServerName(server), all);
    }

    private static World done(World world, Action... actions) {
        World now = world;
        for (Action action : actions) {
            Outcome outcome = Effects.of(action, now);
            assertThat(outcome.fine()).as("%s: %s", action, outcome).isTrue();
            now = outcome.world();
        }
        return now;
    }

    private static List<Violation> found(World start, Action... plan) {
        return Simulator.prove(start, List.of(plan), List.of(), FALLBACK).violations();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.12.15", "2.15.1"})
    void aLentTagGivesTheStreamAnotherServerAndTheOthersStay(String version) {
        World end = done(night(version), tags("us_3", "us", "ha:1"), REMAP, AWAIT);

        assertThat(Worlds.stream(end, "foo").copies().keySet())
                .isEqualTo(new java.util.TreeSet<>(Worlds.names("emea_1 us_1 us_3")));
        assertThat(found(night(version), CENSUS, tags("us_3", "us", "ha:1"), REMAP, AWAIT))
                .noneMatch(v -> v.sentence().contains("foo"));
    }

    @Test
    void withoutAServerWithItsTagsTheRemovalIsRefusedAndChangesNothing() {
        World night = night("2.15.1");

        Outcome outcome = Effects.of(REMAP, night);

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).reason()).contains("503/10075");
        assertThat(outcome.world()).isEqualTo(night);
    }

    @Test
    void on29TheMemberIsTakenAwayAllTheSame() {
        Outcome outcome = Effects.of(REMAP, night("2.9.10"));

        assertThat(outcome).isInstanceOf(Outcome.Stuck.class);
        assertThat(Worlds.stream(outcome.world(), "foo").copies()).hasSize(2);
    }

    @Test
    void aServerThatHasAnothersUniqueTagIsNoPlaceForIt() {
        World night = night("2.10.27");
        var twin = new Action.RetagServer(new ServerName("us_3"), List.of("unique:us_1", "dc:us", "live", "ha:1"));

        assertThat(Effects.of(REMAP, done(night, twin))).isInstanceOf(Outcome.Refused.class);
        assertThat(found(night, CENSUS, twin)).anyMatch(v -> v.law() == Law.TAGS && v.step() == 1);
    }

    @Test
    void twoMembersWithOneUniqueTagBreakALaw() {
        var twin = new Action.RetagServer(new ServerName("us_1"), List.of("unique:us_3", "dc:us", "live", "ha:1"));

        assertThat(found(night("2.10.27"), CENSUS, twin)).anyMatch(v -> v.law() == Law.UNIQUE && v.step() == 1);
    }

    @Test
    void aTagMayNotBeTakenFromUnderAStream() {
        assertThat(found(night("2.10.27"), CENSUS, tags("us_1", "us")))
                .anyMatch(v -> v.law() == Law.TAGS && v.sentence().contains("would stay on us_1, without its tags"));
    }

    @Test
    void aMoveIntoOneSiteLeavesTheStreamWorse() {
        World night = night("2.10.27");
        Action move = new Action.MoveStream(Worlds.ACCOUNT, "foo", List.of("dc:emea"));

        assertThat(found(night, CENSUS, move, AWAIT))
                .anyMatch(v -> v.law() == Law.WORSE && v.sentence().contains("fewer sites"));
    }

    @Test
    void anotherLiveMemberMayNotLeaveWhileOneIsDead() {
        World night = done(night("2.10.27"), tags("us_3", "us", "ha:1"));
        Action wrong = Action.RemoveStreamPeer.of(Worlds.ACCOUNT, "foo", new ServerName("us_1"));

        assertThat(found(night, CENSUS, wrong)).anyMatch(v -> v.law() == Law.EVICTION || v.law() == Law.HOLDER);
    }

    @Test
    void aChangeOfMembersThatNobodyWaitsForIsNone() {
        World night = done(night("2.10.27"), tags("us_3", "us", "ha:1"));

        assertThat(found(night, CENSUS, REMAP)).anyMatch(v -> v.law() == Law.ONE_CHANGE);
    }

    @Test
    void aStreamIsNotLeftWithADeadMember() {
        World night = done(night("2.10.27"), tags("us_3", "us", "ha:1"));
        Action most = new Action.AwaitStream(Worlds.ACCOUNT, "usr3", 3, 1);

        assertThat(found(night, CENSUS, most)).noneMatch(v -> v.law() == Law.ONE_CHANGE);
        assertThat(found(night, CENSUS, REMAP, new Action.AwaitStream(Worlds.ACCOUNT, "foo", 3, 1)))
                .anyMatch(v -> v.law() == Law.ONE_CHANGE && v.sentence().contains("leaves out members that run"));
        assertThat(found(five(), CENSUS, off("us_1"), four(1)))
                .anyMatch(v -> v.law() == Law.ONE_CHANGE && v.sentence().contains("before the move"));
    }

    @Test
    void twoDeadMembersLeaveOneAfterTheOther() {
        assertThat(found(five(), CENSUS, off("us_1"), four(1), off("us_2"), four(0)))
                .noneMatch(v -> v.sentence().contains("five"));
        assertThat(found(five(), CENSUS, off("us_1"), off("us_2"), four(0)))
                .anyMatch(v -> v.law() == Law.ONE_CHANGE && v.sentence().contains("was not waited for"));
        assertThat(found(five(), CENSUS, off("us_1"), four(0), off("us_2"), four(0)))
                .anyMatch(v -> v.sentence().contains("4 of 5 replicas"));
    }

    /** A stream of five, of which two are dead. */
    private static World five() {
        return Worlds.on("2.10.27").site("emea", 4).site("us", 4).stream("five", "live", "emea_1 emea_2 us_1 us_2 us_3")
                .kill("us_1")
                .kill("us_2")
                .world();
    }

    private static Action off(String server) {
        return Action.RemoveStreamPeer.of(Worlds.ACCOUNT, "five", new ServerName(server));
    }

    private static Action four(int away) {
        return new Action.AwaitStream(Worlds.ACCOUNT, "five", 5, away);
    }

    @Test
    void aLeaderThatMovesBeforeAMemberDoesMayBeMovedAgain() {
        World night = done(night("2.10.27"), tags("us_3", "us", "ha:1"));
        Action lead = new Action.MoveStreamLeader(Worlds.ACCOUNT, "foo", Worlds.names("us_1"));

        assertThat(found(night, CENSUS, lead, REMAP, AWAIT)).anyMatch(v -> v.law() == Law.LEADERS_LAST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.12.15", "2.15.1"})
    void anUpdateWithTheSameTagsMovesNothing(String version) {
        World world = world(version);
        World retagged = done(world, tags("us_1", "us", "away"), tags("us_2", "us"));

        Outcome outcome = Effects.of(new Action.MoveStream(Worlds.ACCOUNT, "foo", List.of("ha:1")), retagged);

        assertThat(outcome).isInstanceOf(Outcome.AlreadyDone.class);
        assertThat(outcome.world()).isEqualTo(retagged);
    }
}
