package io.stretchc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Action;
import io.stretchc.plan.Scenario;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back: a site that was replaced, and one that was only away. */
class HomecomingTest {
    private static final SiteName US = new SiteName("us");

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void aRestoreUnderNewNamesIsProvedOnEveryVersion(String version) {
        World lost = Worlds.walkthrough(version)
                .replacement("us", "us_1.1")
                .replacement("us", "us_2.1")
                .replacement("us", "us_3.1")
                .lose("us")
                .world();
        World start = end(lost, Canonical.recover(lost, US).orElseThrow());
        List<ServerName> fresh = Worlds.names("us_1.1 us_2.1 us_3.1");
        var plan = new ArrayList<Action>();
        plan.add(new Action.TakeCensus(List.of()));
        fresh.forEach(s -> plan.add(new Action.StartServer(s, Role.REPLACEMENT, US, true)));
        for (StreamGroup s : start.streams().values()) {
            String site = s.id().name().equals("r1em") ? "dc:emea" : "dc:us";
            List<ServerName> standIns = s.copies().keySet().stream()
                    .filter(n -> java.util.Objects.requireNonNull(start.nodes().get(n))
                                    .role()
                            == Role.STAND_IN)
                    .toList();
            if (s.tags().equals(List.of(site)) && !standIns.isEmpty()) {
                // an update that changes no tag moves nothing: one member after the other, or out and back
                for (ServerName standIn : s.replicas() > 1 ? standIns : List.<ServerName>of()) {
                    plan.add(Action.RemoveStreamPeer.of(s.id().account(), s.id().name(), standIn));
                    plan.add(new Action.AwaitStream(s.id().account(), s.id().name(), s.replicas()));
                }
                if (s.replicas() > 1) {
                    continue;
                }
                plan.add(new Action.MoveStream(s.id().account(), s.id().name(), List.of("dc:emea")));
                plan.add(new Action.AwaitStream(s.id().account(), s.id().name(), s.replicas()));
            }
            plan.add(new Action.MoveStream(s.id().account(), s.id().name(), List.of(site)));
            plan.add(new Action.AwaitStream(s.id().account(), s.id().name(), s.replicas()));
        }
        plan.add(new Action.MoveMetaLeader(fresh));
        for (ServerName peer : start.meta().peers()) {
            if (java.util.Objects.requireNonNull(start.nodes().get(peer)).role() == Role.STAND_IN) {
                plan.add(new Action.RemovePeer(peer));
                plan.add(new Action.StopServer(peer, Role.STAND_IN));
            }
        }
        plan.add(new Action.MoveMetaLeader(fresh));
        plan.add(new Action.MoveStreamLeader(Worlds.ACCOUNT, "foo", fresh));
        plan.add(new Action.VerifyCluster(null));

        assertThat(Simulator.prove(start, plan, List.of(), new Scenario.Restore(US))
                        .violations())
                .as("%s", plan)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.14.0"})
    void theReturnOfABridgedSiteIsProved(String version) {
        World start = bridged(version);

        assertThat(proof(start).violations()).isEmpty();
    }

    /** 2.15.1 keeps the lowered quorum for five minutes, also when everybody is back: three and three could both elect. */
    @Test
    void aSiteReturnsFromARescueOnlyAfterItLapsed() {
        World bridged = bridged("2.15.1");
        World lapsed = Settling.settled(bridged.with(bridged.meta().lapsed()));

        assertThat(proof(bridged).violations()).isNotEmpty().allMatch(v -> v.law() == Law.SPLIT);
        assertThat(lapsed.meta().leader()).isNull();
        assertThat(proof(lapsed).violations()).isEmpty();
    }

    private static World bridged(String version) {
        World lost = Worlds.walkthrough(version).lose("us").world();
        return end(lost, Canonical.bridge(lost, US).orElseThrow());
    }

    private static Proof proof(World start) {
        var plan = new ArrayList<Action>();
        plan.add(new Action.TakeCensus(List.of()));
        Worlds.names("us_1 us_2 us_3").forEach(s -> plan.add(new Action.StartServer(s, Role.SERVER, US, false)));
        plan.add(new Action.AwaitMetaLeader());
        for (StreamGroup s : start.streams().values()) {
            plan.add(new Action.AwaitStream(s.id().account(), s.id().name(), s.replicas()));
        }
        plan.add(new Action.MoveMetaLeader(Worlds.names("emea_1 emea_2 emea_3")));
        for (Node node : start.nodes().values()) {
            if (node.role() == Role.ARBITER) {
                plan.add(new Action.RemovePeer(node.name()));
                plan.add(new Action.StopServer(node.name(), Role.ARBITER));
            }
        }
        plan.add(new Action.VerifyCluster(null));
        return Simulator.prove(start, plan, List.of(), new Scenario.Return(US));
    }

    private static World end(World world, List<Action> plan) {
        World now = world;
        for (Action action : plan) {
            now = Effects.of(action, now).world();
        }
        return now;
    }
}
