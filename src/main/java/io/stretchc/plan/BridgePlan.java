package io.stretchc.plan;

import io.stretchc.plan.Refusal.Reason;
import io.stretchc.quorum.Technique;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A site is away for a while. The meta group gets its quorum back, nobody is removed and no stream is touched, so that the
 * site comes back with its data. Stand-ins cannot do that: they have the names of the servers that are to come back.
 */
final class BridgePlan {
    private final Facts facts;
    private final QuorumChoice choice;

    BridgePlan(Facts facts, QuorumChoice choice) {
        this.facts = facts;
        this.choice = choice;
    }

    PlanResult plan(Scenario scenario) {
        if (choice.strategy().technique() == null) {
            return new PlanResult.NothingToDo(choice.strategy().reason());
        }
        if (choice.uses(Technique.STAND_INS)) {
            return new PlanResult.Refused(List.of(new Refusal(
                    Reason.TECHNIQUE,
                    "nats-server " + facts.version() + " needs stand-ins for a quorum, and those have the names of the"
                            + " servers that are to come back: the same member cannot be both.",
                    "Wait for the site, or give it up: `stretchc plan recover --lost "
                            + ShellWord.of(facts.site().text()) + "`.")));
        }
        var warnings = new ArrayList<String>();
        Warnings.common(facts, warnings);
        warnings.add(
                "Until the site is back, do not remove its servers, do not give its streams another placement, and start"
                        + " no stand-in.");
        if (choice.uses(Technique.RESCUE)) {
            warnings.add(
                    "A rescue lasts five minutes, on each server by itself, and must be made anew for longer. It goes on"
                            + " when the site returns meanwhile: let it run out before you trust the cluster with a new partition.");
        } else {
            warnings.add(
                    "What was started stays up until the site is back: it is a member now, and `stretchc plan return --site "
                            + ShellWord.of(facts.site().text()) + "` takes it out.");
        }
        List<ServerName> silent = facts.namesOfSite();
        var steps = new Steps(new Hand(facts.cluster(), facts.version()));
        steps.census(List.of(facts.site()), silent, facts.survivors());
        steps.attest(
                facts.site(), silent, "stopped, or cut off from clients and from the other site until they come back");
        List<StreamFate> fates = facts.snapshot().streams().stream()
                .map(s -> StreamFate.of(s, facts))
                .filter(StreamFate::lost)
                .toList();
        var losses = new ArrayList<LossEntry>();
        fates.forEach(f -> losses.add(LossBill.entry(f, LossBill.Empty.NO, true)));
        var seen = new TreeSet<String>();
        facts.snapshot().streams().forEach(s -> seen.add(s.account() + "\n" + s.name()));
        new Homes(facts)
                .declared().stream()
                        .filter(s -> !seen.contains(s.account() + "\n" + s.name()))
                        .forEach(s -> losses.add(LossBill.unseen(s, LossBill.Empty.NO, true)));
        new QuorumSteps(facts, choice, steps, silent).add(false);
        steps.verify(facts.site(), "What must be true of a cluster that does without the site for a while.");
        return new PlanResult.Planned(steps.plan(facts, scenario, choice.strategy(), losses, warnings));
    }
}
