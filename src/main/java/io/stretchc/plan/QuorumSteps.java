package io.stretchc.plan;

import io.stretchc.quorum.Technique;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The steps that give the meta group its quorum back. */
final class QuorumSteps {
    private final Facts facts;
    private final QuorumChoice choice;
    private final Steps steps;
    private final List<ServerName> silent;

    QuorumSteps(Facts facts, QuorumChoice choice, Steps steps, List<ServerName> silent) {
        this.facts = facts;
        this.choice = choice;
        this.steps = steps;
        this.silent = silent;
    }

    /** Adds them. */
    void add(boolean forGood) {
        if (choice.uses(Technique.RESCUE)) {
            steps.rescue(
                    facts.aliveMembers().size(),
                    facts.survivors(),
                    silent,
                    "Every survivor is told to make do with "
                            + facts.aliveMembers().size()
                            + " votes. One that still names the dead leader refuses, so this waits until nobody does."
                            + (forGood
                                    ? " It lasts five minutes; the removals make it needless."
                                    : " It lasts five minutes."));
            if (facts.leader() == null) {
                steps.awaitLeader("A rescue is followed by an election; what counts is a server that names itself.");
            }
            return;
        }
        boolean standIns = choice.uses(Technique.STAND_INS);
        boolean wait = standIns && !facts.quorate();
        var later = new TreeSet<>(silent);
        for (ServerModel model : choice.starts()) {
            var before = new ArrayList<Condition>();
            before.add(new Condition.Answering(facts.survivors()));
            if (standIns) {
                before.add(new Condition.Silent(List.of(model.name())));
                if (wait) {
                    // joined to a leader that had not noticed its loss, they left streams without one (2.12.15)
                    before.add(new Condition.NobodyLeads());
                    wait = false;
                }
            } else {
                before.add(new Condition.Silent(List.copyOf(later)));
            }
            steps.start(
                    model,
                    true,
                    before,
                    List.of(new Condition.Answering(List.of(model.name()))),
                    standIns ? Risk.IRREVERSIBLE : Risk.SAFE,
                    standIns
                            ? "It votes as the lost server, whose name and peer id it has. All survivors must be up first: empty"
                                    + " members that elect without the holder of the data discard it."
                            : "Its vote makes up for a lost one.");
        }
        if (facts.leader() == null) {
            steps.awaitLeader(
                    "The first answers after an election may still fail; what counts is a server that names itself.");
        }
    }
}
