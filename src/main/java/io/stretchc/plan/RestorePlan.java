package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.List;

/**
 * A site that was given up comes back empty, under new names: a removed name is not admitted again, for five minutes or for
 * good. Its servers join, streams move to their declared placement, then stand-ins and arbiters go, then leaders come home.
 * A server joins before one is removed: joined after, streams of 2.10.27 kept a peer of unknown name.
 */
final class RestorePlan {
    private final Facts facts;
    private final Homecoming coming;
    private final WayBack way;
    private final Steps steps;
    private final StreamsBack streams;

    RestorePlan(Facts facts) {
        this.facts = facts;
        coming = Homecoming.replaced(facts);
        way = new WayBack(facts, coming);
        steps = way.steps();
        streams = new StreamsBack(facts, way, false);
    }

    PlanResult plan(Scenario scenario) {
        var checks = new BackChecks(facts, coming);
        if (checks.neverGone()) {
            return new PlanResult.NothingToDo(
                    "All servers of the site " + Quote.of(facts.site())
                            + " answer, and are members of the meta group, under the names that they had: it was not given up.");
        }
        List<Refusal> refusals = new ArrayList<>(checks.restored());
        if (refusals.isEmpty()) {
            refusals.addAll(streams.decide());
        }
        if (!refusals.isEmpty()) {
            return new PlanResult.Refused(refusals);
        }
        List<ServerName> silent = coming.former().stream()
                .filter(n -> !coming.standIns().contains(n))
                .toList();
        steps.census(
                List.of(),
                silent,
                way.natives().keySet().stream().filter(facts::answers).toList());
        way.starts(
                true,
                List.of(new Condition.MetaLed()),
                true,
                "It comes back empty, under a name that was never removed, and joins the meta group by itself.");
        steps.awaitMembers(
                List.copyOf(way.natives().keySet()),
                "No stream moves before all that can hold one are current members.");
        streams.streams();
        way.farewell(streams::refilled);
        streams.leaders();
        way.metaHome();
        steps.verify(null, "What must be true of a whole cluster, with nothing of the former servers left.");
        warnings();
        return way.plan(
                scenario,
                "The meta group has a leader, " + Quote.of(String.valueOf(facts.leader()))
                        + ": the site joins under new names, and no quorum needs to be forced.",
                "The servers of the site " + Quote.of(facts.site())
                        + " are current members under new names, streams and leaders are home, and nothing is left of"
                        + " what stood in for them.");
    }

    private void warnings() {
        way.warn("Never start a server under a former name of the site, " + Quote.all(coming.former())
                + ": a removed name is not admitted, and a stand-in has it until this plan is done.");
        way.warn(
                "Until this plan is done, stop no stand-in and no arbiter by hand, and give no stream another placement.");
        way.warn("Afterwards make the topology say who runs: `generation` of the servers of the site one higher.");
        streams.warnings();
    }
}
