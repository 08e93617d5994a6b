package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Action;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Plan;
import io.stretchc.plan.PlanInput;
import io.stretchc.plan.Scenario;
import io.stretchc.plan.Step;
import io.stretchc.simulate.Proof;
import io.stretchc.simulate.Violation;
import io.stretchc.simulate.World;
import java.util.List;

/** No plan is shown before every prefix of it was carried out in the model, and broke none of the laws. */
final class PlanProof {
    private final Console console;
    private final Prover prover;

    PlanProof(Console console, Prover prover) {
        this.console = console;
        this.prover = prover;
    }

    /** Who proves. */
    interface Prover {
        Proof prove(World start, List<Action> plan, List<LossEntry> bill, Scenario scenario);
    }

    /** Whether the plan holds; if not, says which law it breaks, where and how: a fault of the planner or of the model. */
    boolean holds(Plan plan, PlanInput input) {
        Proof proof = prover.prove(
                World.of(input.snapshot(), input.topology()),
                plan.steps().stream().map(Step::action).toList(),
                plan.losses(),
                plan.scenario());
        if (proof.holds()) {
            return true;
        }
        console.err()
                .println("stretchc: this is a bug of stretchc, not of your input: the plan that it made breaks its own"
                        + " laws, and is not shown.");
        for (Violation v : proof.violations()) {
            String where = v.step() < plan.steps().size()
                    ? "step " + Quote.of(plan.steps().get(v.step()).id().text())
                    : "the end";
            console.err().println("  " + v.law() + ", " + where + ": " + Quote.sentence(v.sentence()));
        }
        console.err().println("Please report it with the topology and the snapshot of `stretchc observe -o FILE`.");
        return false;
    }
}
