package io.stretchc.plan;

import java.util.ArrayList;
import java.util.List;

/** Makes the plan for a scenario, refuses it with reasons, or says that there is nothing to do. Pure. */
public final class Planner {
    private Planner() {}

    /** Plans; the same input gives the same result. */
    public static PlanResult plan(PlanInput input, Scenario scenario) {
        return scenario instanceof Scenario.OfSite site ? ofSite(input, site) : ofOthers(input, scenario);
    }

    private static PlanResult ofSite(PlanInput input, Scenario.OfSite scenario) {
        var facts = new Facts(input, scenario.site());
        List<Refusal> refusals = new Checks(facts).always();
        if (!refusals.isEmpty()) {
            return new PlanResult.Refused(refusals);
        }
        if (scenario instanceof Scenario.Restore restore && restore.sameNames()) {
            return new ReadmitPlan(facts, new Readmission(facts, facts.serversOfSite(), false, true)).plan(scenario);
        }
        if (scenario instanceof Scenario.Restore) {
            return new RestorePlan(facts).plan(scenario);
        }
        return scenario instanceof Scenario.Return ? new ReturnPlan(facts).plan(scenario) : without(facts, scenario);
    }

    private static PlanResult ofOthers(PlanInput input, Scenario scenario) {
        var facts = new Facts(input, null);
        var refusals = new ArrayList<>(new Checks(facts).always());
        if (scenario instanceof Scenario.Purge) {
            refusals.removeIf(r -> r.reason() == Refusal.Reason.STRANGER);
        }
        if (!refusals.isEmpty()) {
            return new PlanResult.Refused(refusals);
        }
        if (scenario instanceof Scenario.Readmit readmit) {
            var back = new Readmission(facts, readmit.servers(), readmit.keepStores(), false);
            return new ReadmitPlan(facts, back).plan(scenario);
        }
        if (scenario instanceof Scenario.Purge) {
            return new PurgePlan(facts).plan(scenario);
        }

        if (scenario instanceof Scenario.Fallback fallback) {
            return fallback.undo() ? new HomePlan(facts).undo(fallback) : new FallbackPlan(facts).plan(fallback);
        }
        if (scenario instanceof Scenario.Home home) {
            return new HomePlan(facts).home(home);
        }
        if (scenario instanceof Scenario.Replace replace) {
            return new ReplacePlan(facts).plan(replace);
        }
        throw new IllegalStateException("no planner for " + scenario.word());
    }

    private static PlanResult without(Facts facts, Scenario scenario) {
        List<Refusal> refusals = new Checks(facts).lost();
        if (!refusals.isEmpty()) {
            return new PlanResult.Refused(refusals);
        }
        QuorumChoice choice = QuorumChoice.of(facts);
        if (choice.refusal() != null) {
            return new PlanResult.Refused(List.of(choice.refusal()));
        }
        return scenario instanceof Scenario.Bridge
                ? new BridgePlan(facts, choice).plan(scenario)
                : new RecoverPlan(facts, choice).plan(scenario);
    }
}
