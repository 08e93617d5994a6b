package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A site that was away comes back with its data: nobody was removed, so that its servers are members still, and what
 * bridged the loss goes when all are current. A lowered quorum runs out first: with it two halves of the whole cluster could
 * both elect (2.15.1 keeps it for five minutes, also when everybody is back).
 */
final class ReturnPlan {
    private final Facts facts;
    private final Homecoming coming;
    private final WayBack way;
    private final Steps steps;

    ReturnPlan(Facts facts) {
        this.facts = facts;
        coming = Homecoming.originals(facts);
        way = new WayBack(facts, coming);
        steps = way.steps();
    }

    PlanResult plan(Scenario scenario) {
        List<Refusal> refusals = new BackChecks(facts, coming).returned();
        if (!refusals.isEmpty()) {
            return new PlanResult.Refused(refusals);
        }
        List<ServerName> survivors = facts.survivors();
        steps.census(List.of(), List.of(), survivors);
        boolean absent = coming.names().stream().anyMatch(n -> !facts.answers(n));
        if (facts.rescued() && absent) {
            steps.awaitNaturalQuorum(
                    "With a lowered quorum two halves of the whole cluster could both elect a leader. It runs"
                            + " out by itself, five minutes after it was set; until a server of the site is up there is no meta"
                            + " leader then.");
        }
        List<Condition> before =
                facts.version().atLeast(2, 15, 0) && absent ? List.of(new Condition.NaturalQuorum()) : List.of();
        way.starts(
                false,
                before,
                false,
                "It is a member still, and comes back with what it held. Its store is not to be emptied.");
        steps.awaitMembers(
                way.members(), "Nobody leaves before all servers of the site have what the group decided meanwhile.");
        var fates = facts.snapshot().streams().stream()
                .map(s -> StreamFate.of(s, facts))
                .toList();
        fates.stream().filter(StreamFate::behind).forEach(this::whole);
        List<String> unseen = way.unseen(true);
        if (!unseen.isEmpty()) {
            way.warn("The topology declares " + WayBack.some(unseen)
                    + ", and no server that answers has a copy: look for them when the site is back.");
        }
        way.farewell(guest -> {});
        fates.forEach(f -> way.streamHome(f, members(f), f.behind()));
        way.metaHome();
        if (facts.rescued()) {
            way.changes();
            steps.verifyAfterRescue(
                    "What must be true of a whole cluster. A rescue lasts five minutes, also when everybody is"
                            + " back: this waits until it has run out.");
        } else {
            steps.verify(null, "What must be true of a whole cluster.");
        }
        way.warn(
                "Start the servers of the site with the stores that they had. Empty ones can elect a leader without those"
                        + " that hold the data, which is discarded then.");
        way.warn("Until this plan is done, remove no server, give no stream another placement, and make no rescue.");
        return way.plan(
                scenario,
                "Nobody was removed: the servers of the site are members still, and what bridged their absence goes.",
                "Every server of the site " + Quote.of(facts.site())
                        + " is a current member, all streams are whole, and nothing that bridged its absence is left.");
    }

    private void whole(StreamFate fate) {
        way.changes();
        if (fate.lost()) {
            way.owe(LossBill.entry(fate, LossBill.Empty.NO, true));
        }
        steps.awaitStream(
                fate,
                List.of(),
                fate.gone()
                        ? "Its copies come back with the site."
                        : "What was acknowledged meanwhile is copied to the servers that were away.");
    }

    private static List<ServerName> members(StreamFate fate) {
        var members = new ArrayList<ServerName>();
        fate.stream().members().forEach(m -> Optional.ofNullable(m.name()).ifPresent(members::add));
        return members;
    }
}
