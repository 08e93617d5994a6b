package io.stretchc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Action;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Scenario;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {
    private static final SiteName US = new SiteName("us");
    private static final Scenario RECOVER = new Scenario.Recover(US);

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void theWalkthroughsRecoveryIsProvedOnEveryVersion(String version) {
        World world = Worlds.walkthrough(version).lose("us").world();
        List<Action> plan = Canonical.recover(world, US).orElseThrow();

        assertThat(Simulator.prove(world, plan, Canonical.bill(world), RECOVER).violations())
                .as("%s", plan)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.14.0", "2.15.1"})
    void theWalkthroughsBridgeIsProved(String version) {
        World world = Worlds.walkthrough(version).lose("us").world();
        List<Action> plan = Canonical.bridge(world, US).orElseThrow();

        assertThat(Simulator.prove(world, plan, List.of(), new Scenario.Bridge(US))
                        .violations())
                .as("%s", plan)
                .isEmpty();
    }

    /** Two neighbours swapped, or a step left out: either it does not matter, or it is found. */
    @Test
    void changedPlansAreFoundOrHarmless(TestReporter reporter) {
        int clean = 0;
        var caught = new EnumMap<Law, Integer>(Law.class);
        for (String version : List.of("2.9.10", "2.10.27", "2.12.8", "2.12.15", "2.14.0", "2.15.1")) {
            World world = Worlds.walkthrough(version).lose("us").world();
            List<Action> plan = Canonical.recover(world, US).orElseThrow();
            List<LossEntry> bill = Canonical.bill(world);
            for (List<Action> other : changed(plan)) {
                Proof proof = Simulator.prove(world, other, bill, RECOVER);
                if (proof.holds()) {
                    clean++;
                } else {
                    caught.merge(proof.violations().get(0).law(), 1, Integer::sum);
                }
            }
        }
        reporter.publishEntry("changed plans", clean + " still prove clean, caught " + caught);
        assertThat(caught).containsKeys(Law.CENSUS, Law.ATTESTATION, Law.WORKS, Law.ONE_CHANGE, Law.END);
    }

    private static List<List<Action>> changed(List<Action> plan) {
        var all = new ArrayList<List<Action>>();
        for (int i = 0; i < plan.size(); i++) {
            var shorter = new ArrayList<>(plan);
            shorter.remove(i);
            all.add(shorter);
            if (i > 0) {
                var swapped = new ArrayList<>(plan);
                swapped.set(i, plan.get(i - 1));
                swapped.set(i - 1, plan.get(i));
                all.add(swapped);
            }
        }
        return all;
    }

    @Test
    void tenThousandStreamsAreProvedByTheirShapes() {
        Worlds worlds = Worlds.on("2.10.27").site("emea", 3).site("us", 3);
        for (int i = 0; i < 10_000; i++) {
            worlds.stream("s" + i, "ha:1", "emea_" + (1 + i % 3) + " us_1 us_2");
        }
        World world = worlds.lose("us").world();
        List<Action> plan = Canonical.recover(world, US).orElseThrow();

        Proof proof = Simulator.prove(world, plan, Canonical.bill(world), RECOVER);

        assertThat(proof.violations()).isEmpty();
        assertThat(proof.prefixes()).isGreaterThan(20_000);
        assertThat(Shapes.of(world, plan, List.of()).start().streams()).hasSize(3);
    }
}
