package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.topology.Placement;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A site that was given up comes back empty, under new names: a removed name is not admitted again, for five minutes or for
 * good. Its servers join, streams move to their declared placement, then stand-ins and arbiters go, then leaders come home.
 * A server joins before one is removed: joined after, streams of 2.10.27 kept a peer of unknown name.
 */
final class RestorePlan {
    private final Facts facts;
    private final Homecoming coming;
    private final WayBack way;
    private final Homes homes;
    private final Steps steps;
    private final Map<StreamFate, List<String>> detours = new LinkedHashMap<>();
    private final Map<StreamFate, List<String>> moves = new LinkedHashMap<>();
    private final List<StreamFate> refills = new ArrayList<>();
    private final List<StreamFate> onStandIns = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final List<String> stay = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    RestorePlan(Facts facts) {
        this.facts = facts;
        coming = Homecoming.replaced(facts);
        way = new WayBack(facts, coming);
        homes = way.homes();
        steps = way.steps();
    }

    PlanResult plan(Scenario scenario) {
        var checks = new BackChecks(facts, coming);
        if (checks.neverGone()) {
            return new PlanResult.NothingToDo(
                    "All servers of the site " + Quote.of(facts.site())
                            + " answer, and are members of the meta group, under the names that they had: it was not given up.");
        }
        refusals.addAll(checks.restored());
        if (!refusals.isEmpty()) {
            return new PlanResult.Refused(refusals);
        }
        List<StreamFate> fates = facts.snapshot().streams().stream()
                .map(s -> StreamFate.of(s, facts))
                .toList();
        fates.forEach(this::decide);
        gone.addAll(way.unseen(false));
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
        streams();
        way.farewell(this::refilled);
        fates.stream().filter(f -> !f.gone()).forEach(this::leader);
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

    /** Where it belongs; the placement of a stream that is not declared is not known to have changed. */
    private List<String> home(StreamFate fate) {
        return homes.declared(fate.account(), fate.name())
                .flatMap(homes::placement)
                .map(Placement::tags)
                .orElse(fate.stream().config().placementTags());
    }

    private void decide(StreamFate fate) {
        if (fate.gone()) {
            gone.add(fate.name());
            way.owe(LossBill.entry(fate, false, false));
            return;
        }
        List<String> tags = fate.stream().config().placementTags();
        List<String> home = home(fate);
        boolean declared = homes.declared(fate.account(), fate.name()).isPresent();
        if (!declared && homes.refuges(tags)) {
            unknown.add(fate.name());
        }
        boolean fits = homes.candidates(home).size() >= fate.replicas();
        boolean standIn = members(fate).stream().anyMatch(n -> !way.natives().containsKey(n));
        boolean stale = fate.stream().members().size() > members(fate).size()
                || members(fate).stream().anyMatch(n -> !facts.answers(n));
        if (!fits && (standIn || stale)) {
            refusals.add(new Refusal(
                    Reason.NOWHERE_TO_GO,
                    "The stream " + Quote.of(fate.name()) + " of " + Quote.of(fate.account())
                            + " has replicas on servers that go, and its placement "
                            + Quote.all(home) + " has " + homes.candidates(home).size() + " servers for "
                            + fate.replicas() + " replicas when the site is back.",
                    "Give its placement enough servers, with distinct unique tags."));
        } else if (!fits) {
            stay.add(fate.name());
        } else if (!Tags.same(tags, home)) {
            moves.put(fate, home);
        } else if (stale || (standIn && fate.replicas() == 1)) {
            detour(fate, home);
        } else if (fate.lost() && !standIn && !facts.version().atLeast(2, 15, 0)) {
            refusals.add(
                    new Refusal(
                            Reason.TECHNIQUE,
                            "The stream " + Quote.of(fate.name()) + " of " + Quote.of(fate.account()) + " has "
                                    + members(fate).size() + " of " + fate.replicas() + " members, and nats-server "
                                    + facts.version()
                                    + " was never seen to give it another: its updates are refused (400/10124).",
                            "Scale it to the members that it has, then back, when the site's servers are up; plan again then."));
        } else if (fate.behind() && !standIn) {
            refills.add(fate);
        } else if (standIn) {
            onStandIns.add(fate);
            if (fate.behind()) {
                refills.add(fate);
            }
        }
    }

    /** An update that changes nothing moves nothing (2.10.27: the unknown peer stayed): it leaves, and comes back. */
    private void detour(StreamFate fate, List<String> home) {
        Optional<List<String>> aside = homes.detour(home, fate.replicas());
        if (aside.isPresent()) {
            detours.put(fate, aside.get());
            moves.put(fate, home);
            return;
        }
        refusals.add(new Refusal(
                Reason.NOWHERE_TO_GO,
                "The stream " + Quote.of(fate.name()) + " of " + Quote.of(fate.account())
                        + " has a replica on a server that goes, its placement is the declared one already, and there is no"
                        + " other place from which it could come back.",
                "Declare a placement that " + fate.replicas() + " servers fill."));
    }

    private void streams() {
        if (!detours.isEmpty() || !moves.isEmpty() || !refills.isEmpty()) {
            way.changes();
        }
        detours.forEach((f, tags) -> steps.move(
                f,
                tags,
                Risk.DISRUPTIVE,
                "give it its old placement again",
                "A placement that does not change moves nothing: it leaves a server that goes, and comes back."));
        detours.keySet().forEach(f -> steps.awaitStream(f, leaving(f), "One change per stream, each seen whole."));
        moves.forEach((f, tags) -> steps.move(
                f,
                tags,
                Risk.DISRUPTIVE,
                "give it its old placement again",
                "To its declared placement. It has a quorum, so this is an ordinary move."));
        moves.keySet()
                .forEach(f -> steps.awaitStream(
                        f,
                        leaving(f),
                        "Nobody goes, and no leader moves, before its copies are at home and complete."));
        refills.forEach(
                f -> steps.awaitStream(
                        f,
                        List.of(),
                        "It misses a replica, or one is behind. A server of its placement that joins gives it what it misses."));
    }

    /** Streams that had a replica on a stand-in get another one by its removal, from a server that joined before. */
    private void refilled(ServerName standIn) {
        onStandIns.stream()
                .filter(f -> members(f).contains(standIn))
                .forEach(
                        f -> steps.awaitStream(
                                f,
                                List.of(standIn),
                                "The removal gives it a replica on a server of its placement; nobody else goes before it is whole."));
    }

    private List<ServerName> leaving(StreamFate fate) {
        return members(fate).stream().filter(n -> !way.natives().containsKey(n)).toList();
    }

    private void warnings() {
        way.warn("Never start a server under a former name of the site, " + Quote.all(coming.former())
                + ": a removed name is not admitted, and a stand-in has it until this plan is done.");
        way.warn(
                "Until this plan is done, stop no stand-in and no arbiter by hand, and give no stream another placement.");
        way.warn("Afterwards make the topology say who runs: `generation` of the servers of the site one higher.");
        if (!unknown.isEmpty()) {
            way.warn("The topology does not declare " + WayBack.some(unknown)
                    + ", and a recovery may have moved them: their placement is left as it is.");
        }
        if (!stay.isEmpty()) {
            way.warn("The placement of " + WayBack.some(stay)
                    + " has too few servers, also with the site back: they stay where they are.");
        }
        if (!gone.isEmpty()) {
            way.warn("No server has a copy of " + WayBack.some(gone)
                    + ": this plan leaves them alone. Delete what is listed of them, and restore them from a backup.");
        }
    }

    /** Where a stream that moves will have its members is up to the meta leader: one of its placement's servers. */
    private void leader(StreamFate fate) {
        boolean touched = moves.containsKey(fate) || onStandIns.contains(fate);
        way.streamHome(fate, touched ? homes.candidates(home(fate)) : members(fate), touched);
    }

    private static List<ServerName> members(StreamFate fate) {
        var members = new TreeSet<ServerName>();
        fate.stream().members().forEach(m -> Optional.ofNullable(m.name()).ifPresent(members::add));
        return List.copyOf(members);
    }
}
