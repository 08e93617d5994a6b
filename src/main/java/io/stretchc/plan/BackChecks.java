package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.quorum.Quorum;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What must be clear before a site comes back. */
final class BackChecks {
    private final Facts facts;
    private final Homecoming coming;
    private final String site;
    private final List<Refusal> found = new ArrayList<>();

    BackChecks(Facts facts, Homecoming coming) {
        this.facts = facts;
        this.coming = coming;
        site = ShellWord.of(facts.site().text());
    }

    /** Whether the site was never given up, and is there with all its servers. */
    boolean neverGone() {
        List<ServerName> own = facts.serversOfSite();
        return facts.leader() != null
                && coming.standIns().isEmpty()
                && coming.former().containsAll(own)
                && facts.aliveMembers().containsAll(own);
    }

    /** Empty, under new names. */
    List<Refusal> restored() {
        common();
        if (!coming.unmade().isEmpty()) {
            refuse(
                    Reason.RESERVES_MISSING,
                    "The topology declares no replacement for " + Quote.all(coming.unmade())
                            + "; a name that was removed is not admitted again.",
                    "Give the site `replacements: 1` or more, and compile.");
        }
        List<ServerName> old = facts.snapshot().members().stream()
                .map(ServerState::name)
                .filter(n -> coming.former().contains(n) && !coming.standIns().contains(n))
                .toList();
        if (old.stream().anyMatch(facts.aliveMembers()::contains)) {
            refuse(
                    Reason.LOST_ANSWERS,
                    Quote.all(old) + (old.size() == 1 ? " answers, and is a member" : " answer, and are members")
                            + " of the meta group still: the site " + Quote.of(facts.site()) + " was not given up.",
                    "If it was only away: `stretchc plan return --site " + site
                            + "`. Stop none of them while it holds what nobody else does; see `stretchc status`.");
        } else if (!old.isEmpty()) {
            refuse(
                    Reason.LOST_ANSWERS,
                    Quote.all(old) + (old.size() == 1 ? " answers" : " answer") + " under a name of the site "
                            + Quote.of(facts.site()) + " that was given up.",
                    "Stop it. If the site was never given up and is back with its data: `stretchc plan return --site "
                            + site + "`.");
        }
        if (facts.leader() == null) {
            refuse(
                    Reason.NO_LEADER,
                    "The meta group has no leader that enough members follow.",
                    "Give the site up first: `stretchc plan recover --lost " + site
                            + "`; or, if it only was away, `stretchc plan return --site " + site + "`.");
            return found;
        }
        List<ServerName> dead = facts.membersOfSite().stream()
                .filter(n -> !facts.answers(n) && !coming.names().contains(n))
                .toList();
        List<String> cut = facts.snapshot().streams().stream()
                .map(s -> StreamFate.of(s, facts))
                .filter(StreamFate::minority)
                .map(StreamFate::name)
                .toList();
        if (!dead.isEmpty() || !cut.isEmpty()) {
            refuse(
                    Reason.UNFINISHED,
                    !dead.isEmpty()
                            ? Quote.all(dead) + " of the site " + Quote.of(facts.site())
                                    + (dead.size() == 1 ? " is a member still, and does" : " are members still, and do")
                                    + " not answer."
                            : "The majority of " + WayBack.some(cut) + " does not answer.",
                    "Give the site up first: `stretchc plan recover --lost " + site
                            + "`; or, if it only was away, `stretchc plan return --site " + site + "`.");
        }
        return found;
    }

    /** With its data, under the same names. */
    List<Refusal> returned() {
        common();
        if (!coming.standIns().isEmpty()) {
            refuse(
                    Reason.TECHNIQUE,
                    Quote.all(coming.standIns()) + (coming.standIns().size() == 1 ? " answers" : " answer")
                            + " as a stand-in: the same member cannot be the server that it stands in for.",
                    "Keep the servers of the site stopped, and bring it back under new names: `stretchc plan restore --site "
                            + site + "`.");
        }
        var members = facts.members().orElse(new TreeSet<>());
        List<ServerName> removed =
                coming.names().stream().filter(n -> !members.contains(n)).toList();
        if (facts.leader() != null && !removed.isEmpty()) {
            refuse(
                    Reason.NOT_BACK,
                    Quote.all(removed) + (removed.size() == 1 ? " is" : " are")
                            + " no member of the meta group any more: the site was given up.",
                    "Keep them stopped, and bring the site back under new names: `stretchc plan restore --site " + site
                            + "`.");
        }
        var there = new TreeSet<>(coming.names());
        there.addAll(facts.aliveMembers());
        there.retainAll(members);
        int size = facts.snapshot().meta().size();
        if (facts.members().isPresent() && there.size() < Quorum.of(size)) {
            refuse(
                    Reason.SURVIVORS_MISSING,
                    "With the site back, " + there.size() + " of " + size + " members answer: no majority.",
                    "Start the other servers first.");
        }
        return found;
    }

    private void common() {
        List<ServerName> off = facts.snapshot().members().stream()
                .filter(s -> s.jetstream() == ServerState.JetStream.DISABLED)
                .map(ServerState::name)
                .filter(n -> coming.names().contains(n))
                .toList();
        if (!off.isEmpty()) {
            refuse(
                    Reason.NOT_BACK,
                    Quote.all(off) + (off.size() == 1 ? " answers with its" : " answer with their")
                            + " JetStream off, as a server does that was removed.",
                    "Stop it; it comes back under a name of its own: raise `replacements` of the site.");
        }
        Unclear.mute(facts, "whether its streams are whole", "Look again in some seconds.")
                .ifPresent(found::add);
        Optional<Refusal> nobody = Unclear.survivors(facts).or(() -> Unclear.members(facts));
        nobody.ifPresent(found::add);
        if (nobody.isEmpty() && !facts.silentMembers().isEmpty()) {
            refuse(
                    Reason.SURVIVORS_MISSING,
                    Quote.all(facts.silentMembers())
                            + " of another site does not answer: a site comes back to a cluster that is whole without it.",
                    "Start it first.");
        }
    }

    private void refuse(Reason reason, String sentence, String wayOut) {
        found.add(new Refusal(reason, sentence, wayOut));
    }
}
