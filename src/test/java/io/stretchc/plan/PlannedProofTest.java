package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.simulate.Proof;
import io.stretchc.simulate.Simulator;
import io.stretchc.simulate.World;
import io.stretchc.topology.SiteName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the planner plans for a site that is lost, the simulator proves, every prefix of it, per version class. */
class PlannedProofTest {
    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void everyPrefixOfARecoveryHoldsTheLaws(String version) {
        Scenario scenario = new Scenario.Recover(new SiteName("us"));
        io.stretchc.status.World night = Night.of(version);
        Plan plan = Night.planned(Night.result(night, Night.RICH, scenario, null));

        Proof proof = Simulator.prove(
                World.of(night.look(), Night.RICH),
                plan.steps().stream().map(Step::action).toList(),
                plan.losses(),
                scenario);

        assertThat(proof.violations()).isEmpty();
        assertThat(proof.prefixes()).isGreaterThan(plan.steps().size());
    }
}
