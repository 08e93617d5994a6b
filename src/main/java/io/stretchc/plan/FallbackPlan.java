package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Streams of which a server is silent, while no whole site is, get their replicas back: from a server that has their tags or
 * is lent them, or at a fallback of their placement; else they wait. A server's tags change first, then one member of a
 * stream at a time. The meta group is left as it is: the silent servers may come back.
 */
final class FallbackPlan {
    private final Facts facts;
    private final Steps steps;
    private final Homes homes;
    private final Lending lending;
    private final FallChecks checks;

    FallbackPlan(Facts facts) {
        this.facts = facts;
        steps = new Steps(new Hand(facts.cluster(), facts.version()));
        homes = new Homes(facts);
        lending = new Lending(facts, homes);
        checks = new FallChecks(facts);
    }

    PlanResult plan(Scenario.Fallback scenario) {
        List<Refusal> refusals = checks.fallback(scenario);
        if (!refusals.isEmpty()) {
            return new PlanResult.Refused(refusals);
        }
        var choice = new FallbackChoice(facts, homes, lending);
        List<Falling> all = choice.of(checks.chosen(scenario));
        if (all.stream().allMatch(f -> f instanceof Falling.Waits)) {
            return idle(all);
        }
        var silent = new TreeSet<ServerName>();
        for (Falling f : all) {
            f.fate().stream().members().forEach(m -> {
                if (m.name() != null && !facts.answers(m.name())) {
                    silent.add(m.name());
                }
            });
        }
        steps.census(List.of(), List.copyOf(silent), facts.survivors());
        lending.steps(steps);
        all.forEach(this::step);
        steps.verify(
                null,
                "What must be true of the cluster as it is now. What is meant to be off is the silent servers, the lent"
                        + " tags and the placements that were changed; `stretchc verify` names them.");
        return new PlanResult.Planned(
                steps.plan(facts, scenario, new Strategy(null, strategy()), List.of(), warnings(all, silent)));
    }

    private static PlanResult idle(List<Falling> all) {
        return new PlanResult.NothingToDo(
                all.isEmpty()
                        ? "Every stream has its replicas on servers that answer."
                        : String.join(
                                        " ",
                                        all.stream().limit(5).map(Falling::why).toList())
                                + (all.size() > 5 ? " And " + (all.size() - 5) + " more." : ""));
    }

    private void step(Falling falling) {
        StreamFate fate = falling.fate();
        if (falling instanceof Falling.Remapped remapped) {
            var gone = new ArrayList<ServerName>();
            for (ServerName dead : remapped.dead()) {
                var before = new ArrayList<Condition>();
                before.add(new Condition.Silent(List.of(dead)));
                if (!gone.isEmpty()) {
                    before.add(Steps.current(fate, remapped.dead().size() - gone.size()));
                }
                gone.add(dead);
                int away = remapped.dead().size() - gone.size();
                steps.remap(
                        fate,
                        dead,
                        before,
                        "`stretchc plan fallback --undo`, when " + dead + " is back",
                        remapped.why());
                steps.awaitStream(
                        fate,
                        gone,
                        away,
                        away == 0
                                ? "One change per stream, each seen whole."
                                : "One change at a time. It cannot be whole while another member is silent: that one"
                                        + " goes next, when the copy is there.");
            }
        } else if (falling instanceof Falling.Moved moved) {
            steps.move(fate, moved.tags(), Risk.DISRUPTIVE, "`stretchc plan fallback --undo`", moved.why());
            steps.awaitStream(fate, moved.dead(), "Whole again, without the silent servers.");
        }
    }

    private String strategy() {
        return "The meta group has a leader, " + Quote.of(String.valueOf(facts.leader()))
                + ", and no whole site is silent: replicas are given elsewhere, and nobody is removed from the meta group.";
    }

    private List<String> warnings(List<Falling> all, SortedSet<ServerName> silent) {
        var warnings = new ArrayList<String>();
        all.stream()
                .filter(f -> f instanceof Falling.Waits)
                .map(Falling::why)
                .limit(20)
                .forEach(warnings::add);
        warnings.addAll(lending.warnings());
        warnings.add("When " + Quote.all(silent) + (silent.size() == 1 ? " is" : " are")
                + " back: `stretchc plan fallback --undo` brings everything home. If never: `stretchc plan replace`.");
        Warnings.common(facts, warnings);
        return warnings;
    }
}
