package io.stretchc.simulate;

import io.stretchc.plan.Action;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Scenario;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A plan carried out in the model, once, without interruption.
 *
 * @param worlds before the first step, and after each one that was carried out
 * @param failed the step that was refused or never answered; none if all were carried out
 */
record Trace(
        Scenario scenario,
        List<Action> plan,
        SortedMap<StreamGroup.Id, LossEntry> bill,
        List<World> worlds,
        @Nullable Violation failed) {
    Trace {
        plan = List.copyOf(plan);
        bill = Collections.unmodifiableSortedMap(new TreeMap<>(bill));
        worlds = List.copyOf(worlds);
    }

    static Trace of(World start, List<Action> plan, List<LossEntry> bill, Scenario scenario) {
        var entries = new TreeMap<StreamGroup.Id, LossEntry>();
        bill.forEach(e -> entries.put(new StreamGroup.Id(e.account(), e.stream()), e));
        var worlds = new ArrayList<World>();
        worlds.add(start);
        Violation failed = null;
        for (int step = 0; step < plan.size() && failed == null; step++) {
            Outcome outcome = Effects.of(plan.get(step), worlds.get(step));
            if (outcome.fine()) {
                worlds.add(outcome.world());
            } else {
                failed = new Violation(step, Law.WORKS, Reasons.of(outcome));
            }
        }
        return new Trace(scenario, plan, entries, worlds, failed);
    }

    World start() {
        return worlds.get(0);
    }

    World before(int step) {
        return worlds.get(step);
    }

    /** How many steps were carried out. */
    int done() {
        return worlds.size() - 1;
    }

    /** How many steps were tried: of one that failed it is known what it was tried on. */
    int tried() {
        return failed == null ? done() : done() + 1;
    }

    World end() {
        return worlds.get(done());
    }

    /** The site that was lost; none where the scenario is about one that comes back. */
    @Nullable
    SiteName lost() {
        boolean away = scenario instanceof Scenario.Recover || scenario instanceof Scenario.Bridge;
        return away ? scenario.site() : null;
    }
}
