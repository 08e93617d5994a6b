package io.stretchc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Action;
import io.stretchc.plan.Scenario;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a removed member takes to come back, and for each law about that a plan that breaks it. */
class ReadmitLawsTest {
    private static final ServerName US_1 = new ServerName("us_1");
    private static final Scenario READMIT = new Scenario.Readmit(List.of(US_1), false);
    private static final Action START = new Action.StartServer(US_1, Role.SERVER, new SiteName("us"), true);
    private static final Action RESTART = new Action.RestartServer(new ServerName("emea_2"), Role.SERVER);
    private static final Action LEAD = new Action.MoveMetaLeader(List.of(new ServerName("emea_2")));
    private static final Action FOO = new Action.AwaitStream(Worlds.ACCOUNT, "foo", 3);
    private static final Action VERIFY = new Action.VerifyCluster(null);

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void theShortestProcedureHolds(String version) {
        assertThat(found(version, RESTART, LEAD, START, FOO, VERIFY)).isEmpty();
    }

    @Test
    void aLeaderThatRemembersTheRemovalRefusesTheName() {
        broken(Law.WORKS, 1, "not admitted again under that name", START, FOO, VERIFY);
        broken(Law.WORKS, 2, "not admitted again under that name", RESTART, START, FOO, VERIFY);
        broken(Law.WORKS, 2, "not admitted again under that name", LEAD, START, FOO, VERIFY);
    }

    @Test
    void whoIsNotBackInTheEnd() {
        broken(Law.END, 4, "us_1 is no member of the meta group that runs", RESTART, LEAD, VERIFY);
    }

    @Test
    void aServerThatTheTopologyHasIsEvictedOnTheWay() {
        Action remove = new Action.RemovePeer(new ServerName("us_3"));

        assertThat(found("2.10.27", RESTART, LEAD, START, FOO, remove, VERIFY))
                .anyMatch(v -> v.law() == Law.NOT_OURS && v.step() == 5);
    }

    @Test
    void aRestartThatTakesAStreamsMajority() {
        Action restart = new Action.RestartServer(new ServerName("us_2"), Role.SERVER);

        assertThat(found("2.12.15", restart))
                .anyMatch(v -> v.law() == Law.RESTART && v.sentence().contains("foo"));
    }

    @Test
    void aRestartThatTakesTheMetaGroupsMajority() {
        World two = Worlds.on("2.10.27").site("emea", 2).world();
        var plan = List.<Action>of(
                new Action.TakeCensus(List.of()), new Action.RestartServer(new ServerName("emea_2"), Role.SERVER));

        assertThat(Simulator.prove(two, plan, List.of(), READMIT).violations())
                .anyMatch(v -> v.law() == Law.RESTART && v.sentence().contains("meta group"));
    }

    @Test
    void aPeerIsTakenOutOfAStreamWithoutALook() {
        World world = Worlds.on("2.10.27").site("us", 4).stream("foo", "dc:us", "us_1 us_2 us_3")
                .kill("us_3")
                .world();
        ServerName gone = new ServerName("us_3");
        var plan = List.<Action>of(
                new Action.TakeCensus(List.of()),
                new Action.RemoveStreamPeer(Worlds.ACCOUNT, "foo", gone.peerId(), gone),
                VERIFY);

        assertThat(Simulator.prove(world, plan, List.of(), new Scenario.Purge()).violations())
                .anyMatch(v -> v.law() == Law.ONE_CHANGE);
    }

    private static World removed(String version) {
        World world = Worlds.on(version).site("emea", 3).site("us", 3).stream("foo", "live", "emea_1 us_1 us_2")
                .led("emea_1")
                .kill("us_1")
                .world();
        Outcome outcome = Effects.of(new Action.RemovePeer(US_1), world);
        assertThat(outcome.fine()).isTrue();
        World after = outcome.world();
        var foo = Worlds.stream(after, "foo");
        var copies = new java.util.TreeMap<>(foo.copies());
        copies.remove(US_1);
        copies.keySet().removeIf(n -> !n.text().equals("emea_1") && !n.text().equals("us_2"));
        return after.with(foo.with(copies, foo.leader(), StreamGroup.Change.NONE));
    }

    private static List<Violation> found(String version, Action... rest) {
        var plan = new ArrayList<Action>(List.of(new Action.TakeCensus(List.of())));
        plan.addAll(Arrays.asList(rest));
        return Simulator.prove(removed(version), plan, List.of(), READMIT).violations();
    }

    private static void broken(Law law, int step, String sentence, Action... rest) {
        assertThat(found("2.10.27", rest))
                .anyMatch(
                        v -> v.law() == law && v.step() == step && v.sentence().contains(sentence));
    }
}
