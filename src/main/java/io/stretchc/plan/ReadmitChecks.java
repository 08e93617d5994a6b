package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What must be clear before removed servers become members again. */
final class ReadmitChecks {
    private final Facts facts;
    private final Readmission back;
    private final List<Refusal> found = new ArrayList<>();

    ReadmitChecks(Facts facts, Readmission back) {
        this.facts = facts;
        this.back = back;
    }

    List<Refusal> all() {
        List<ServerName> voters =
                facts.cluster().voters().stream().map(v -> v.name()).toList();
        List<ServerName> unknown =
                back.servers().stream().filter(n -> !voters.contains(n)).toList();
        if (!unknown.isEmpty()) {
            refuse(
                    Reason.UNKNOWN_SERVER,
                    "The topology has no server " + Quote.all(unknown) + ".",
                    "Name one of " + Quote.all(voters) + ".");
            return found;
        }
        if (facts.leader() == null) {
            refuse(
                    Reason.NO_LEADER,
                    "The meta group has no leader that enough members follow, and only a leader admits a member.",
                    "Give it one first: `stretchc plan recover`, or start the servers that are away.");
            return found;
        }
        unclear();
        members();
        List<ServerName> silent = facts.silentMembers().stream()
                .filter(n -> !back.servers().contains(n))
                .toList();
        if (!silent.isEmpty()) {
            refuse(
                    Reason.SURVIVORS_MISSING,
                    Quote.all(silent) + (silent.size() == 1 ? " is a member, and does" : " are members, and do")
                            + " not answer: servers come back to a cluster that is whole without them.",
                    "Start it first; or give it up, and readmit it then as well.");
        }
        if (!facts.aboutSite() && !back.swapped().isEmpty()) {
            refuse(
                    Reason.TECHNIQUE,
                    Quote.all(back.swapped().stream().map(m -> m.name()).toList())
                            + " answers as a stand-in, which is a member under that name.",
                    "Bring its site back: `stretchc plan restore --same-names --site SITE`.");
        }
        List<String> cut = facts.snapshot().streams().stream()
                .map(s -> StreamFate.of(s, facts))
                .filter(StreamFate::minority)
                .map(StreamFate::name)
                .toList();
        if (!cut.isEmpty() && !back.out().isEmpty()) {
            refuse(
                    Reason.UNFINISHED,
                    "The majority of " + WayBack.some(cut)
                            + " does not answer: empty members that elect without those that hold the data discard it.",
                    "Give it a majority first: `stretchc plan recover`, or another placement.");
        }
        if (!back.out().isEmpty() && back.follower() == null && found.isEmpty()) {
            refuse(
                    Reason.SURVIVORS_MISSING,
                    "nats-server " + facts.version()
                            + " admits a removed name when a follower was restarted and leads, and"
                            + " there is no follower without which the meta group and every stream keep their majority.",
                    "Start the members that are away, and wait until streams are whole; or bring the server back under a new"
                            + " name (`replacements` of its site)"
                            + (back.expires() ? "; or start it by hand, and wait for five minutes." : "."));
        }
        return found;
    }

    private void unclear() {
        List<ServerName> mute = facts.snapshot().members().stream()
                .filter(s -> s.jetstream() == ServerState.JetStream.UNKNOWN)
                .map(ServerState::name)
                .toList();
        if (!mute.isEmpty()) {
            refuse(
                    Reason.MEMBERS_UNCLEAR,
                    Quote.all(mute)
                            + " answers a ping, and not what its JetStream holds: whether a restart elsewhere is"
                            + " harmless cannot be told.",
                    "Look again in some seconds.");
        }
        if (facts.members().isEmpty()) {
            refuse(
                    Reason.MEMBERS_UNCLEAR,
                    "The meta group counts " + facts.snapshot().meta().size()
                            + " members, and who they are cannot be told from the topology and from who answers.",
                    "Tidy up first: `stretchc plan purge`.");
        }
    }

    private void members() {
        var members = facts.members().orElse(new TreeSet<>());
        List<ServerName> away = back.servers().stream()
                .filter(n -> members.contains(n) && !back.runs(n))
                .toList();
        if (!away.isEmpty()) {
            refuse(
                    Reason.NOT_BACK,
                    Quote.all(away) + (away.size() == 1 ? " is a member" : " are members")
                            + " of the meta group still, and " + (away.size() == 1 ? "does" : "do")
                            + " not answer: there is nothing to readmit.",
                    "Start it, with its store; or, if that is gone for good, remove it first: `nats server raft"
                            + " peer-remove`.");
        }
    }

    private void refuse(Reason reason, String sentence, String wayOut) {
        found.add(new Refusal(reason, sentence, wayOut));
    }
}
