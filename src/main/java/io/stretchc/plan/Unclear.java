package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import java.util.List;
import java.util.Optional;

/** Refusals that several scenarios have in common: what they stand on cannot be told, or is not there. */
final class Unclear {
    private Unclear() {}

    /**
     * Servers that answer a ping only.
     *
     * @param what what cannot be told without their answer
     */
    static Optional<Refusal> mute(Facts facts, String what, String wayOut) {
        List<ServerName> mute = facts.snapshot().members().stream()
                .filter(s -> s.jetstream() == ServerState.JetStream.UNKNOWN)
                .map(ServerState::name)
                .toList();
        return mute.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Reason.MEMBERS_UNCLEAR,
                        Quote.all(mute) + " answers a ping, and not what its JetStream holds: " + what
                                + " cannot be told.",
                        wayOut));
    }

    /** Nobody outside the site that the scenario is about. */
    static Optional<Refusal> survivors(Facts facts) {
        return facts.survivors().isEmpty()
                ? Optional.of(new Refusal(
                        Reason.SURVIVORS_MISSING,
                        "No server outside the site " + Quote.of(facts.site()) + " answers with JetStream on.",
                        "Start the servers of the other sites first."))
                : Optional.empty();
    }

    /** A meta group of which only the size is known. */
    static Optional<Refusal> members(Facts facts) {
        return facts.members().isEmpty()
                ? Optional.of(new Refusal(
                        Reason.MEMBERS_UNCLEAR,
                        "The meta group counts " + facts.snapshot().meta().size()
                                + " members, and who they are cannot be told from the topology and from who answers.",
                        "Make the topology say which servers there are, generations included."))
                : Optional.empty();
    }
}
