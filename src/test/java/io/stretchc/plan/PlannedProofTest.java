package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.simulate.Proof;
import io.stretchc.simulate.Simulator;
import io.stretchc.simulate.World;
import io.stretchc.topology.SiteName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the planner plans for a site that is lost, and for one that comes back, the simulator proves, every prefix of it. */
class PlannedProofTest {
    private static final SiteName US = new SiteName("us");

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void everyPrefixOfARecoveryHoldsTheLaws(String version) {
        proved(Night.world(version), Night.recover(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.14.0", "2.15.1"})
    void everyPrefixOfABridgeHoldsTheLaws(String version) {
        proved(
                Night.world(version),
                Night.planned(Night.result(Night.of(version), Night.RICH, new Scenario.Bridge(US), null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void everyPrefixOfARestoreHoldsTheLaws(String version) {
        proved(seen(Morning.recovered(version)), Morning.restore(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.14.0", "2.15.1"})
    void everyPrefixOfAReturnHoldsTheLaws(String version) {
        proved(seen(Morning.bridged(version)), Morning.back(version));
    }

    private static World seen(World world) {
        return World.of(Morning.look(world), Night.RICH);
    }

    private static void proved(World start, Plan plan) {
        Proof proof = Simulator.prove(
                start, plan.steps().stream().map(Step::action).toList(), plan.losses(), plan.scenario());

        assertThat(proof.violations()).as("%s", Night.ids(plan)).isEmpty();
        assertThat(proof.prefixes()).isGreaterThan(plan.steps().size());
    }
}
