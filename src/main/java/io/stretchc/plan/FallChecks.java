package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must be clear before streams fall back, come home, or a server is replaced: a cluster that decides by itself. */
final class FallChecks {
    private final Facts facts;
    private final List<Refusal> found = new ArrayList<>();

    FallChecks(Facts facts) {
        this.facts = facts;
    }

    List<Refusal> fallback(Scenario.Fallback scenario) {
        known(scenario);
        if (!scenario.undo()) {
            wholeSites();
            switchedOff();
        }
        return decides();
    }

    /** The streams that are asked for, or all. */
    List<StreamFate> chosen(Scenario.Fallback scenario) {
        return facts.snapshot().streams().stream()
                .filter(s -> scenario.streams().isEmpty()
                        || scenario.streams().stream()
                                .anyMatch(w -> w.account().text().equals(s.account())
                                        && w.name().text().equals(s.name())))
                .map(s -> StreamFate.of(s, facts))
                .sorted(java.util.Comparator.comparing(StreamFate::account).thenComparing(StreamFate::name))
                .toList();
    }

    private void known(Scenario.Fallback scenario) {
        for (Scenario.Stream wanted : scenario.streams()) {
            boolean there = facts.snapshot().streams().stream()
                    .anyMatch(s -> s.account().equals(wanted.account().text())
                            && s.name().equals(wanted.name().text()));
            if (!there) {
                refuse(
                        Reason.UNKNOWN_STREAM,
                        "There is no stream " + Quote.of(wanted.name()) + " of the account "
                                + Quote.of(wanted.account()) + ".",
                        "Name it as ACCOUNT/STREAM, as `stretchc status` does; none for all.");
            }
        }
    }

    /** Without a whole site streams are given up, or bridged; that takes other means. */
    private void wholeSites() {
        for (Site site : facts.input().topology().source().sites()) {
            List<ServerName> servers = facts.cluster().voters().stream()
                    .filter(v -> site.name().equals(v.site()))
                    .map(v -> v.name())
                    .toList();
            boolean replaced = facts.answering().keySet().stream()
                    .anyMatch(n -> facts.siteOf(n).equals(site.name().text()));
            if (!servers.isEmpty() && !replaced && servers.stream().noneMatch(facts::answers)) {
                String name = ShellWord.of(site.name().text());
                refuse(
                        Reason.WHOLE_SITE,
                        "No server of the site " + Quote.of(site.name()) + " answers: that is the loss of a site.",
                        "If it is expected back with its data: `stretchc plan bridge --lost " + name
                                + "`. If it is gone for good: `stretchc plan recover --lost " + name + "`.");
            }
        }
    }

    /**
     * A server that was removed while it ran goes on without JetStream (nats-server 2.9 to 2.15). It answers, so that it is
     * not silent, and has nothing; as a member again it is given what misses a replica.
     */
    private void switchedOff() {
        List<ServerName> off = facts.cluster().voters().stream()
                .map(ServerModel::name)
                .filter(n -> facts.snapshot().members().stream()
                        .anyMatch(s -> s.name().equals(n) && s.jetstream() == ServerState.JetStream.DISABLED))
                .sorted()
                .toList();
        if (!off.isEmpty()) {
            refuse(
                    Reason.NOT_BACK,
                    Quote.all(off) + (off.size() == 1 ? " answers with its" : " answer with their")
                            + " JetStream off, as a server does that was removed.",
                    "As members again they get what misses a replica: `stretchc plan readmit "
                            + String.join(
                                    " ",
                                    off.stream()
                                            .map(n -> ShellWord.of(n.text()))
                                            .toList())
                            + "`. Or stop them, and plan again.");
        }
    }

    /** There must be a leader that decides, all must be told apart, and no recovery may be under way. */
    List<Refusal> decides() {
        Unclear.mute(facts, "what is left of the streams", "Look again in some seconds.")
                .ifPresent(found::add);
        Optional<Refusal> members = Unclear.members(facts);
        members.ifPresent(found::add);
        if (members.isEmpty() && facts.leader() == null) {
            refuse(
                    Reason.NO_LEADER,
                    "The meta group has no leader that enough members follow, and nothing can be placed.",
                    "Look with `stretchc status`: it says what brings the quorum back.");
        }
        var standing = new ArrayList<ServerName>(facts.runningGuests());
        standing.addAll(facts.standIns());
        if (!standing.isEmpty()) {
            refuse(
                    Reason.UNFINISHED,
                    Quote.all(standing)
                            + (standing.size() == 1 ? " stands in for a site" : " stand in for a site")
                            + " that was lost.",
                    "Bring that site back first: `stretchc status` says how.");
        }
        return List.copyOf(found);
    }

    void refuse(Reason reason, String sentence, String wayOut) {
        found.add(new Refusal(reason, sentence, wayOut));
    }
}
