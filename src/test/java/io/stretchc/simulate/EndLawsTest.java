package io.stretchc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Action;
import io.stretchc.plan.Action.AwaitMetaLeader;
import io.stretchc.plan.Action.AwaitStream;
import io.stretchc.plan.Action.MoveMetaLeader;
import io.stretchc.plan.Action.MoveStream;
import io.stretchc.plan.Action.RecreateStream;
import io.stretchc.plan.Action.RemovePeer;
import io.stretchc.plan.Action.StartServer;
import io.stretchc.plan.Action.StopServer;
import io.stretchc.plan.Action.TakeCensus;
import io.stretchc.plan.Action.VerifyCluster;
import io.stretchc.plan.Scenario;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a plan may not leave behind, each left by a good plan from which a step was taken out. */
class EndLawsTest {
    private static final SiteName US = new SiteName("us");
    private static final Scenario RECOVER = new Scenario.Recover(US);
    private static final Scenario BRIDGE = new Scenario.Bridge(US);
    private static final Scenario RETURN = new Scenario.Return(US);

    @Test
    void aReturnThatKeepsTheArbiter() {
        ends(
                bridged(),
                without(homecoming(), a -> a instanceof RemovePeer || a instanceof StopServer),
                RETURN,
                "arbiter arb_1 is still a member of the meta group");
    }

    @Test
    void aReturnThatLeavesARemovedServerRunning() {
        ends(
                bridged(),
                without(homecoming(), a -> a instanceof StopServer),
                RETURN,
                "arb_1 was removed and still runs, with its JetStream disabled");
    }

    @Test
    void aReturnThatForgetsAServer() {
        ends(
                bridged(),
                without(homecoming(), a -> a instanceof AwaitStream || starts(a, "us_3")),
                RETURN,
                "us_3 is still a member of the meta group, and does not run");
    }

    @Test
    void aReturnThatLeavesAStreamWithoutAReplica() {
        List<Action> plan = without(homecoming(), a -> a instanceof AwaitStream || starts(a, "us_1"));

        ends(bridged(), plan, RETURN, "us_1 is still a member");
        ends(bridged(), plan, RETURN, "stream foo of account APP has not its 3 replicas, all current");
    }

    @Test
    void aRecoveryThatLeavesTheQuorumLowered() {
        World lost = Worlds.walkthrough("2.15.1").lose("us").world();
        List<Action> plan = without(
                Canonical.recover(lost, US).orElseThrow(),
                a -> a instanceof RemovePeer
                        || a instanceof MoveStream
                        || a instanceof AwaitStream
                        || a instanceof RecreateStream);

        ends(lost, plan, RECOVER, "is still lowered");
    }

    @Test
    void aBridgeThatWaitsForNobody() {
        World lost = Worlds.walkthrough("2.10.27").lose("us").world();
        List<Action> plan = without(Canonical.bridge(lost, US).orElseThrow(), a -> a instanceof AwaitMetaLeader);

        ends(lost, plan, BRIDGE, "nobody leads the meta group");
    }

    @Test
    void aBridgeAfterWhichAMemberIsGone() {
        World lost = Worlds.walkthrough("2.10.27").lose("us").world();
        var plan = new ArrayList<>(Canonical.bridge(lost, US).orElseThrow());
        plan.add(new RemovePeer(new ServerName("us_1")));

        ends(lost, plan, BRIDGE, "a member of the meta group is gone, though its site is to return");
    }

    @Test
    void aBridgeThatTakesAStreamItsQuorum() {
        World lost = Worlds.walkthrough("2.10.27").lose("us").world();
        var plan = new ArrayList<>(Canonical.bridge(lost, US).orElseThrow());
        plan.add(new StopServer(new ServerName("emea_2"), Role.SERVER));

        ends(lost, plan, BRIDGE, "could be written in the beginning, and cannot be in the end");
    }

    @Test
    void aRestoreThatKeepsTheStandIns() {
        World lost = Worlds.walkthrough("2.12.15").lose("us").world();
        World recovered = end(lost, Canonical.recover(lost, US).orElseThrow());
        List<Action> plan = List.of(new TakeCensus(List.of()), new VerifyCluster(null));

        ends(recovered, plan, new Scenario.Restore(US), "stand-in us_1 is still a member of the meta group");
    }

    @Test
    void aReplicaThatCatchesUpIsNotThePlansToMend() {
        World whole = Worlds.walkthrough("2.10.27").world();
        List<Action> plan = List.of(new TakeCensus(List.of()), new VerifyCluster(null));
        var purge = new Scenario.Purge();

        assertThat(Simulator.prove(behind(whole, "us_3"), plan, List.of(), purge)
                        .violations())
                .isEmpty();
        List<Action> moved =
                List.of(new TakeCensus(List.of()), new MoveStream(Worlds.ACCOUNT, "em2", List.of("dc:emea")));
        ends(behind(whole, "us_3"), moved, purge, "stream em2 of account APP has not its 3 replicas, all current");
    }

    /** The server has not all of em2 yet. */
    private static World behind(World world, String server) {
        var streams = new TreeMap<>(world.streams());
        StreamGroup em2 = Worlds.stream(world, "em2");
        var copies = new TreeMap<>(em2.copies());
        copies.put(new ServerName(server), new StreamGroup.Copy(3));
        streams.put(em2.id(), em2.with(copies, em2.leader(), em2.change()));
        return world.with(streams);
    }

    private static void ends(World start, List<Action> plan, Scenario scenario, String words) {
        List<Violation> found =
                Simulator.prove(start, plan, Canonical.bill(start), scenario).violations();

        assertThat(found)
                .as("%s", plan)
                .anyMatch(v -> v.law() == Law.END
                        && v.step() == plan.size()
                        && v.sentence().contains(words));
    }

    private static List<Action> without(List<Action> plan, Predicate<Action> taken) {
        return plan.stream().filter(taken.negate()).toList();
    }

    private static boolean starts(Action action, String server) {
        return action instanceof StartServer start && start.server().text().equals(server);
    }

    private static World bridged() {
        World lost = Worlds.walkthrough("2.10.27").lose("us").world();
        return end(lost, Canonical.bridge(lost, US).orElseThrow());
    }

    private static List<Action> homecoming() {
        var plan = new ArrayList<Action>();
        plan.add(new TakeCensus(List.of()));
        Worlds.names("us_1 us_2 us_3").forEach(s -> plan.add(new StartServer(s, Role.SERVER, US, false)));
        plan.add(new AwaitMetaLeader());
        for (StreamGroup s : bridged().streams().values()) {
            plan.add(new AwaitStream(s.id().account(), s.id().name(), s.replicas()));
        }
        plan.add(new MoveMetaLeader(Worlds.names("emea_1 emea_2 emea_3")));
        plan.add(new RemovePeer(new ServerName("arb_1")));
        plan.add(new StopServer(new ServerName("arb_1"), Role.ARBITER));
        plan.add(new VerifyCluster(null));
        return plan;
    }

    private static World end(World world, List<Action> plan) {
        World now = world;
        for (Action action : plan) {
            now = Effects.of(action, now).world();
        }
        return now;
    }
}
