package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.snapshot.Member;
import io.stretchc.topology.Placement;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Streams when servers are back: to their declared placement, off those that go, whole, leaders home. */
final class StreamsBack {
    private final Facts facts;
    private final WayBack way;
    private final Homes homes;
    private final Steps steps;
    private final boolean readmits;
    private final List<StreamFate> fates;
    private final Map<StreamFate, List<String>> detours = new LinkedHashMap<>();
    private final Map<StreamFate, List<String>> moves = new LinkedHashMap<>();
    private final List<StreamFate> refills = new ArrayList<>();
    private final List<StreamFate> onStandIns = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final List<String> stay = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    /**
     * Streams of a cluster.
     *
     * @param readmits whether servers come back under the names that they had
     */
    StreamsBack(Facts facts, WayBack way, boolean readmits) {
        this.facts = facts;
        this.readmits = readmits;
        this.way = way;
        homes = way.homes();
        steps = way.steps();
        fates = facts.snapshot().streams().stream()
                .map(s -> StreamFate.of(s, facts))
                .toList();
    }

    /** What is to be done with each; why it cannot be. */
    List<Refusal> decide() {
        fates.forEach(this::decide);
        gone.addAll(way.unseen(false));
        return refusals;
    }

    /** Streams of which no server that answers has a copy. */
    List<String> gone() {
        return gone;
    }

    /** The leaders of those that have one. */
    void leaders() {
        fates.stream().filter(f -> !f.gone()).forEach(this::leader);
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
            way.owe(LossBill.entry(fate, LossBill.Empty.NO, false));
            return;
        }
        List<String> tags = fate.stream().config().placementTags();
        List<String> home = home(fate);
        boolean declared = homes.declared(fate.account(), fate.name()).isPresent();
        if (!declared && facts.aboutSite() && homes.refuges(tags)) {
            unknown.add(fate.name());
        }
        boolean fits = homes.candidates(home).size() >= fate.replicas();
        boolean standIn = members(fate).stream().anyMatch(n -> !way.natives().containsKey(n));
        boolean stale = fate.stream().members().size() > members(fate).size()
                || members(fate).stream()
                        .anyMatch(n -> !facts.answers(n) && !way.natives().containsKey(n));
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
        } else if (!readmits
                && members(fate).size() < fate.replicas()
                && !standIn
                && !facts.version().atLeast(2, 15, 0)) {
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

    /** Moves and waits. */
    void streams() {
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
    void refilled(ServerName standIn) {
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

    /** What is left as it is. */
    void warnings() {
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

    /** Streams that had a replica on a stand-in whose place its original has taken. */
    void swapped(ServerName name) {
        fates.stream()
                .filter(f -> members(f).contains(name))
                .forEach(f -> steps.awaitStream(
                        f,
                        List.of(),
                        "The server came empty: nobody else is stopped before it has what the stream holds."));
    }

    /** Where a stream that moves will have its members is up to the meta leader: one of its placement's servers. */
    private void leader(StreamFate fate) {
        boolean touched = moves.containsKey(fate) || onStandIns.contains(fate) || (readmits && refills.contains(fate));
        way.streamHome(fate, touched ? homes.candidates(home(fate)) : members(fate), touched);
    }

    /** A name that nobody knows any more is known by its peer id, if it is one of those that come back. */
    private List<ServerName> members(StreamFate fate) {
        var members = new TreeSet<ServerName>();
        for (Member m : fate.stream().members()) {
            Optional.ofNullable(m.name())
                    .or(() -> way.natives().keySet().stream()
                            .filter(n -> m.peer().equals(n.peerId()))
                            .findFirst())
                    .ifPresent(members::add);
        }
        return List.copyOf(members);
    }
}
