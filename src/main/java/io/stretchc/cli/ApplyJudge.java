package io.stretchc.cli;

import io.stretchc.apply.Judge;
import io.stretchc.invariant.Evidence;
import io.stretchc.invariant.Invariant;
import io.stretchc.invariant.Invariants;
import io.stretchc.invariant.Verdict;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Scenario;
import io.stretchc.quorum.Technique;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.topology.SiteName;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The invariants that must hold at the end of a plan. With a site away some of a healthy cluster cannot; which configuration
 * the servers run is no matter of plans.
 */
final class ApplyJudge implements Judge {
    private static final Set<Invariant> WITHOUT_A_SITE = EnumSet.of(
            Invariant.IV101,
            Invariant.IV103,
            Invariant.IV104,
            Invariant.IV105,
            Invariant.IV202,
            Invariant.IV203,
            Invariant.IV204,
            Invariant.IV206,
            Invariant.IV209,
            Invariant.IV210);

    private static final Set<Invariant> FOR_A_WHILE = EnumSet.of(Invariant.IV101, Invariant.IV206);

    /** While servers are silent, tags are lent and placements are changed on purpose. */
    private static final Set<Invariant> FELL_BACK = EnumSet.of(
            Invariant.IV101,
            Invariant.IV104,
            Invariant.IV105,
            Invariant.IV202,
            Invariant.IV204,
            Invariant.IV206,
            Invariant.IV209,
            Invariant.IV210);

    private final LiveTopology topology;
    private final Plan plan;

    ApplyJudge(LiveTopology topology, Plan plan) {
        this.topology = topology;
        this.plan = plan;
    }

    @Override
    public List<String> broken(ClusterSnapshot now, @Nullable ClusterSnapshot earlier, @Nullable SiteName without) {
        LiveTopology there = topology.adopting(now);
        Set<Invariant> wanted = meantToBeOff(there, now) ? FELL_BACK : wanted(without);
        var evidence = new Evidence(there.topology(), now, there.census(now), earlier, null, new TreeMap<>());
        return Invariants.judge(evidence).stream()
                .filter(f -> f.verdict() == Verdict.BROKEN && wanted.contains(f.invariant()))
                .map(f -> f.invariant() + " " + f.invariant().title() + ": " + f.subject() + ": " + f.evidence())
                .toList();
    }

    /** Not everything is at home again when the plan is done, and it says so. */
    private boolean meantToBeOff(LiveTopology there, ClusterSnapshot now) {
        boolean away = !there.census(now).missing().isEmpty();
        if (plan.scenario() instanceof Scenario.Fallback fallback) {
            return !fallback.undo() || away;
        }
        return away && (plan.scenario() instanceof Scenario.Home || plan.scenario() instanceof Scenario.Replace);
    }

    private Set<Invariant> wanted(@Nullable SiteName without) {
        if (without == null) {
            var all = EnumSet.allOf(Invariant.class);
            all.remove(Invariant.IV108);
            if (plan.scenario() instanceof Scenario.Fallback || plan.scenario() instanceof Scenario.Replace) {
                all.remove(Invariant.IV208); // `plan home` brings leaders home
            }
            return all;
        }
        if (plan.scenario() instanceof Scenario.Bridge) {
            return FOR_A_WHILE;
        }
        var some = EnumSet.copyOf(WITHOUT_A_SITE);
        if (plan.strategy().technique() == Technique.STAND_INS) {
            some.remove(Invariant.IV105); // they are members until the site is rebuilt
        }
        return some;
    }
}
