package io.stretchc.simulate;

import io.stretchc.plan.Action;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Scenario;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.List;

/** Carries plans out in the model, and proves that no step of theirs breaks a law. */
public final class Simulator {
    private Simulator() {}

    /**
     * Checks every prefix of a plan.
     *
     * @param start the world that the plan was made for
     * @param bill what the plan says may be lost
     * @return all laws that are broken, with the step and a counterexample; of streams that are alike, one is named. What
     *     comes after a step that does not work is not looked at
     */
    public static Proof prove(World start, List<Action> plan, List<LossEntry> bill, Scenario scenario) {
        Shapes shapes = Shapes.of(start.remembering(removed(start, scenario)), plan, bill);
        Trace trace = Trace.of(shapes.start(), shapes.plan(), bill, scenario);
        var found = new ArrayList<Violation>();
        if (trace.failed() != null) {
            found.add(trace.failed());
        }
        found.addAll(OrderLaws.check(trace));
        found.addAll(SplitLaw.check(trace));
        found.addAll(CopyLaws.check(trace));
        found.addAll(BillLaw.check(trace));
        found.addAll(EndLaws.check(trace));
        found.addAll(TagLaws.check(trace));
        found.addAll(SameEndLaw.check(trace));
        var whole = new ArrayList<Violation>();
        for (Violation v : found) {
            whole.add(new Violation(step(v.step(), shapes, plan), v.law(), v.sentence()));
        }
        LeadersLast.check(trace, shapes, plan).ifPresent(whole::add);
        return new Proof(whole, plan.size() + 1);
    }

    /** Those that a plan takes back were removed if they are no members: it may not count on that being forgotten. */
    private static List<ServerName> removed(World start, Scenario scenario) {
        return scenario instanceof Scenario.Readmit readmit
                ? readmit.servers()
                : scenario instanceof Scenario.Restore restore && restore.sameNames()
                        ? List.copyOf(start.of(restore.site()))
                        : List.of();
    }

    private static int step(int step, Shapes shapes, List<Action> plan) {
        return step < shapes.steps().size() ? shapes.steps().get(step) : plan.size();
    }
}
