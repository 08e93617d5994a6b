package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Refusal.Reason;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.simulate.Proof;
import io.stretchc.simulate.Simulator;
import io.stretchc.simulate.Violation;
import io.stretchc.simulate.World;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every small cluster, every site of it lost, with every subset of the other servers dead: a plan that the simulator proves,
 * or a refusal for a reason that is there.
 */
class SmallNightsTest {
    private static final SiteName A = new SiteName("a");

    private final TreeMap<String, String> broken = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void aPlanThatHoldsOrTheRightRefusal(String text) {
        ServerVersion version = ServerVersion.parse(text).orElseThrow();
        var outcomes = new TreeMap<String, Integer>();
        for (int a = 1; a <= 3; a++) {
            for (int b = 0; b <= 3; b++) {
                for (int c = 0; c <= b; c++) {
                    if (a + b + c > 1) {
                        every(version, outcomes, a, b, c);
                    }
                }
            }
        }
        assertThat(broken).as("%s", outcomes).isEmpty();
        assertThat(outcomes).containsKeys("recover planned", "recover refused SURVIVORS_MISSING");
    }

    private void every(ServerVersion version, Map<String, Integer> outcomes, int... sizes) {
        ResolvedTopology topology = SmallNights.topology(sizes);
        List<SmallNights.Stream> streams = SmallNights.streams(sizes);
        var others = new ArrayList<String>();
        var lost = new TreeSet<String>();
        topology.backbone()
                .voters()
                .forEach(v -> (v.name().text().startsWith("a") ? lost : others)
                        .add(v.name().text()));
        for (int mask = 0; mask < 1 << others.size(); mask++) {
            var dead = new TreeSet<>(lost);
            for (int i = 0; i < others.size(); i++) {
                if ((mask >> i & 1) == 1) {
                    dead.add(others.get(i));
                }
            }
            ClusterSnapshot snapshot = SmallNights.look(topology, streams, dead, version);
            for (Scenario scenario : List.of(new Scenario.Recover(A), new Scenario.Bridge(A))) {
                PlanResult result = Planner.plan(
                        new PlanInput(topology, new Plan.Source("t.yaml", "t"), snapshot, "s", null), scenario);
                String outcome = scenario.word() + " " + judged(result, topology, snapshot, streams, dead, scenario);
                outcomes.merge(outcome, 1, Integer::sum);
            }
        }
    }

    private String judged(
            PlanResult result,
            ResolvedTopology topology,
            ClusterSnapshot snapshot,
            List<SmallNights.Stream> streams,
            SortedSet<String> dead,
            Scenario scenario) {
        if (result instanceof PlanResult.NothingToDo) {
            return "nothing";
        }
        if (result instanceof PlanResult.Refused refused) {
            Reason reason = refused.reasons().get(0).reason();
            if (!rightly(reason, snapshot, streams, dead, scenario)) {
                broken.put(scenario.word() + " " + reason, "without " + dead + ": " + refused);
            }
            return "refused " + reason;
        }
        Plan plan = ((PlanResult.Planned) result).plan();
        World start = World.of(snapshot, topology);
        proved(plan, start, topology, dead);
        boolean whole = dead.stream().allMatch(n -> n.startsWith("a"));
        if (whole) {
            wayBack(Morning.after(start, plan), scenario, topology, dead);
        }
        return "planned";
    }

    private void proved(Plan plan, World start, ResolvedTopology topology, SortedSet<String> dead) {
        Proof proof = Simulator.prove(
                start, plan.steps().stream().map(Step::action).toList(), plan.losses(), plan.scenario());
        for (Violation v : proof.violations()) {
            broken.putIfAbsent(
                    plan.scenario().word() + " " + v.law() + " " + v.sentence().replaceAll("[a-c]_x?[0-9]", "S"),
                    names(topology) + " without " + dead + ": " + v + " in " + Night.ids(plan));
        }
    }

    /** When only the site was lost, it comes back: with what was planned for that, or there is nothing to do. */
    private void wayBack(World after, Scenario scenario, ResolvedTopology topology, SortedSet<String> dead) {
        Scenario back = scenario instanceof Scenario.Recover ? new Scenario.Restore(A) : new Scenario.Return(A);
        ClusterSnapshot seen = Morning.look(after);
        PlanResult result =
                Planner.plan(new PlanInput(topology, new Plan.Source("t.yaml", "t"), seen, "s", null), back);
        if (result instanceof PlanResult.Planned planned) {
            proved(planned.plan(), World.of(seen, topology), topology, dead);
        } else if (!(result instanceof PlanResult.Refused refused && leftShort(refused, seen))) {
            broken.putIfAbsent(back.word() + " " + result.getClass().getSimpleName(), names(topology) + " " + result);
        }
    }

    /** A stream that nothing is known to give back the replica that it lost. */
    private static boolean leftShort(PlanResult.Refused refused, ClusterSnapshot seen) {
        List<String> here = seen.servers().stream().map(s -> s.name().text()).toList();
        return refused.reasons().stream()
                        .allMatch(r -> r.reason() == Reason.NOWHERE_TO_GO || r.reason() == Reason.TECHNIQUE)
                && seen.streams().stream()
                        .anyMatch(s -> s.members().stream()
                                        .filter(m -> here.contains(m.label()))
                                        .count()
                                < s.config().replicas());
    }

    private static List<String> names(ResolvedTopology topology) {
        return topology.backbone().voters().stream().map(m -> m.name().text()).toList();
    }

    /** By the counts alone, without what the planner thinks of them. */
    private static boolean rightly(
            Reason reason,
            ClusterSnapshot snapshot,
            List<SmallNights.Stream> streams,
            SortedSet<String> dead,
            Scenario scenario) {
        int alive = snapshot.servers().size();
        boolean elsewhere = dead.stream().anyMatch(n -> !n.startsWith("a"));
        boolean minority = streams.stream().anyMatch(s -> {
            long held = s.members().stream().filter(m -> !dead.contains(m)).count();
            return held > 0 && held < s.replicas() / 2 + 1;
        });
        return switch (reason) {
            case SURVIVORS_MISSING -> elsewhere || alive < 2;
            case NOWHERE_TO_GO -> scenario instanceof Scenario.Recover && minority;
            case TECHNIQUE -> scenario instanceof Scenario.Bridge || minority;
            default -> false;
        };
    }
}
