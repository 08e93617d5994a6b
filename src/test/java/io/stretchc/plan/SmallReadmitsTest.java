package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Refusal.Reason;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.simulate.Effects;
import io.stretchc.simulate.Outcome;
import io.stretchc.simulate.Simulator;
import io.stretchc.simulate.StreamGroup;
import io.stretchc.simulate.Violation;
import io.stretchc.simulate.World;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every small cluster, every set of its servers stopped and removed: they come back, proved, or there is a reason why not. */
class SmallReadmitsTest {
    private static final int MOST = 6;

    private final TreeMap<String, String> broken = new TreeMap<>();
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void removedServersComeBackOrAreRightlyRefused(String text) {
        ServerVersion version = ServerVersion.parse(text).orElseThrow();
        for (int a = 1; a <= 3; a++) {
            for (int b = 0; b <= 3; b++) {
                for (int c = 0; c <= b; c++) {
                    if (a + b + c > 1 && a + b + c <= MOST) {
                        every(version, a, b, c);
                    }
                }
            }
        }

        assertThat(broken).as("%s", outcomes).isEmpty();
        assertThat(outcomes).containsKeys("planned", "SURVIVORS_MISSING");
    }

    private void every(ServerVersion version, int... sizes) {
        ResolvedTopology topology = SmallNights.topology(sizes);
        ClusterSnapshot whole = SmallNights.look(topology, SmallNights.streams(sizes), new TreeSet<>(), version);
        List<ServerName> names =
                topology.backbone().voters().stream().map(v -> v.name()).toList();
        for (int mask = 1; mask < 1 << names.size(); mask++) {
            var out = new ArrayList<ServerName>();
            for (int i = 0; i < names.size(); i++) {
                if ((mask >> i & 1) == 1) {
                    out.add(names.get(i));
                }
            }
            without(World.of(whole, topology), out).ifPresent(w -> back(w, topology, out));
        }
    }

    /** Stopped and removed one after the other, as far as there is a leader to do so. */
    private static Optional<World> without(World start, List<ServerName> out) {
        World world = start;
        for (ServerName server : out) {
            for (Action action : List.of(new Action.StopServer(server, Role.SERVER), new Action.RemovePeer(server))) {
                Outcome outcome = Effects.of(action, world);
                if (!outcome.fine()) {
                    return Optional.empty();
                }
                world = outcome.world();
            }
        }
        for (StreamGroup s : start.streams().values()) {
            var await = new Action.AwaitStream(s.id().account(), s.id().name(), s.replicas());
            Outcome outcome = Effects.of(await, world);
            world = outcome.fine() ? outcome.world() : world;
        }
        return Optional.of(world);
    }

    private void back(World world, ResolvedTopology topology, List<ServerName> out) {
        ClusterSnapshot seen = Morning.look(world);
        var scenario = new Scenario.Readmit(out, false);
        PlanResult result = planned(seen, topology, scenario);
        if (result instanceof PlanResult.Refused refused) {
            Reason reason = refused.reasons().get(0).reason();
            outcomes.merge(reason.toString(), 1, Integer::sum);
            boolean few = seen.servers().size() <= 2
                    || refused.reasons().stream().allMatch(r -> r.reason() == Reason.NOWHERE_TO_GO)
                    || shared(seen)
                    || reason == Reason.UNFINISHED;
            if (!few) {
                broken.putIfAbsent("refused " + reason, out + " " + refused);
            }
            return;
        }
        if (result instanceof PlanResult.NothingToDo) {
            broken.putIfAbsent("nothing", out + " of " + seen.meta());
            return;
        }
        Plan plan = ((PlanResult.Planned) result).plan();
        outcomes.merge("planned", 1, Integer::sum);
        var proof = Simulator.prove(
                World.of(seen, topology),
                plan.steps().stream().map(Step::action).toList(),
                plan.losses(),
                plan.scenario());
        for (Violation v : proof.violations()) {
            broken.putIfAbsent(
                    v.law() + " " + v.sentence().replaceAll("[a-c]_x?[0-9]", "S"),
                    "without " + out + ": " + v + " in " + Night.ids(plan));
        }
    }

    /** Whether a stream has so few members left that it cannot do without one of them for a moment. */
    private static boolean shared(ClusterSnapshot seen) {
        List<String> here = seen.servers().stream().map(s -> s.name().text()).toList();
        return seen.streams().stream()
                .anyMatch(s -> s.members().size() > 1
                        && s.members().stream()
                                        .filter(m -> here.contains(m.label()))
                                        .count()
                                < s.members().size() / 2 + 2);
    }

    private static PlanResult planned(ClusterSnapshot seen, ResolvedTopology topology, Scenario scenario) {
        return Planner.plan(new PlanInput(topology, new Plan.Source("t.yaml", "t"), seen, "s", null), scenario);
    }
}
