package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Refusal.Reason;
import io.stretchc.simulate.Simulator;
import io.stretchc.snapshot.ServerState;
import io.stretchc.status.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How traces of former servers go, and what is no trace. */
class PurgeTest {
    private static final Scenario PURGE = new Scenario.Purge();

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void streamsLetGoThenTheMetaGroupThenReserves(String version) {
        Plan plan = Former.purge(version);

        assertThat(Night.ids(plan))
                .containsExactly(
                        "census",
                        "off-APP-foo-us_9",
                        "await-APP-foo",
                        "lead-meta-away",
                        "remove-peer-AbCdEfGh",
                        "remove-us_9",
                        "remove-emea_4",
                        "stop-emea_4",
                        "lead-APP-foo",
                        "lead-meta",
                        "verify");
        proved(plan, Former.traces(version));
    }

    @Test
    void wholeClustersHaveNoTraces() {
        assertThat(plan(World.healthy())).isInstanceOf(PlanResult.NothingToDo.class);
    }

    @Test
    void whoWasRemovedWhileItRanIsStopped() {
        World world = World.healthy().started("us_9");
        world.server("us_9").jetstream = ServerState.JetStream.DISABLED;
        Plan plan = Night.planned(plan(world));

        assertThat(Night.ids(plan)).containsExactly("census", "stop-us_9", "lead-meta", "verify");
        proved(plan, world);
    }

    @Test
    void aStrangerThatTakesPartIsNotEvicted() {
        assertThat(Night.refused(plan(World.healthy().joined("us_9"))))
                .extracting(Refusal::reason)
                .containsExactly(Reason.STRANGER);
    }

    @Test
    void aReplacementBesideItsOriginalIsWithdrawnThoughItMightLead() {
        World world = World.healthy().joined("us_2.1");
        Plan plan = Night.planned(plan(world));

        assertThat(Night.ids(plan)).contains("lead-meta-away", "remove-us_2.1");
        proved(plan, world);
    }

    @Test
    void anArbiterIsNoTraceWhileAServerIsAway() {
        assertThat(Night.refused(plan(World.healthy().joined("emea_4").killed("us_3"))))
                .extracting(Refusal::reason)
                .contains(Reason.UNFINISHED);
    }

    @Test
    void aStreamThatNobodyElseCanHoldKeepsItsPeer() {
        World world = Former.traces("2.10.27");
        world.stream("foo").placement = java.util.List.of("ha:9");
        assertThat(Night.refused(plan(world))).extracting(Refusal::reason).contains(Reason.NOWHERE_TO_GO);
    }

    private static PlanResult plan(World world) {
        return Night.result(world, Night.RICH, PURGE, null);
    }

    private static void proved(Plan plan, World world) {
        var proof = Simulator.prove(
                io.stretchc.simulate.World.of(world.look(), Night.RICH),
                plan.steps().stream().map(Step::action).toList(),
                plan.losses(),
                plan.scenario());

        assertThat(proof.violations()).as("%s", Night.ids(plan)).isEmpty();
    }
}
