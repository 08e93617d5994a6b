package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.resolve.Role;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * No trace of former servers is left. Streams and consumers that count on one get another server first
 * ({@code STREAM.PEER.REMOVE}; on 2.10.27 an update that changes nothing leaves the peer), then the meta group lets go of
 * it, one at a time, then what still runs and is needed no more is stopped.
 *
 * <p>A peer whose name nobody knows any more is called by its id. A stream takes that for its peer from 2.12.6 on (seen on
 * 2.12.15 and 2.15.1); before, the answer is 400/10040 (2.10.27, 2.11.17), and it is the removal from the meta group that
 * gives the stream another server. Where the peer is no member any more, the stream moves to another placement, and back.
 *
 * <p>Those that do not answer leave a stream first, one after the other. While one of them is left the stream cannot be whole,
 * and what is waited for is that all the others are current.
 */
final class PurgePlan {
    private final Facts facts;
    private final Traces traces;
    private final WayBack way;
    private final Steps steps;
    private final Map<StreamFate, List<Traces.Peer>> streams = new LinkedHashMap<>();
    private final Map<StreamFate, List<Traces.Peer>> left = new LinkedHashMap<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final Map<StreamFate, List<String>> detours = new LinkedHashMap<>();

    PurgePlan(Facts facts) {
        this.facts = facts;
        traces = new Traces(facts);
        var former = new TreeSet<ServerName>();
        traces.members().forEach(p -> {
            if (p.name() != null) {
                former.add(p.name());
            }
        });
        traces.idle().forEach(s -> former.add(s.name()));
        way = new WayBack(facts, new Homecoming(List.of(), List.of(), List.copyOf(former), new TreeSet<>(), List.of()));
        steps = way.steps();
    }

    PlanResult plan(Scenario scenario) {
        if (facts.snapshot().meta().now().leader() == null) {
            return new PlanResult.Refused(List.of(new Refusal(
                    Reason.NO_LEADER,
                    "The meta group has no leader, and only a leader tells its members.",
                    "Give it one first: `stretchc plan recover`, or start the servers that are away.")));
        }
        facts.snapshot().streams().stream().map(s -> StreamFate.of(s, facts)).forEach(this::decide);
        traces.members().forEach(this::member);
        absent();
        if (!refusals.isEmpty()) {
            return new PlanResult.Refused(refusals);
        }
        List<Traces.Peer> members = traces.members();
        List<ServerState> idle = traces.idle();
        if (streams.isEmpty() && members.isEmpty() && idle.isEmpty()) {
            return new PlanResult.NothingToDo(
                    "The members of the meta group are the topology's, no stream and no consumer counts on another server,"
                            + " and nobody else runs.");
        }
        way.changes();
        List<ServerName> stay = way.natives().keySet().stream().toList();
        List<ServerName> silent = members.stream()
                .filter(p -> p.name() != null && !traces.runs(p))
                .map(p -> java.util.Objects.requireNonNull(p.name()))
                .sorted()
                .toList();
        steps.census(List.of(), silent, stay);
        peersOfStreams();
        boolean away = members.stream().anyMatch(traces::runs);
        if (away) {
            steps.moveMetaLeader(facts.preferred(stay), "lead-meta-away", "A server that leaves must not lead.");
        }
        members.stream().filter(p -> !traces.runs(p)).forEach(this::removeSilent);
        members.stream().filter(traces::runs).forEach(p -> removeRunning(p, stay));
        idle.forEach(s -> steps.takeOff(
                s.name(),
                traces.role(s.name()),
                false,
                "It runs, is no member of the meta group, and the topology does not have it among those that run."));
        facts.snapshot().streams().stream()
                .map(s -> StreamFate.of(s, facts))
                .filter(f -> !f.gone())
                .forEach(this::leader);
        way.metaHome();
        steps.verify(null, "What must be true of a whole cluster, with no trace of former servers.");
        warnings();
        return way.plan(
                scenario,
                "Streams let go of former servers, then the meta group does, then what still runs is stopped.",
                "Nothing is left of former servers.");
    }

    private void decide(StreamFate fate) {
        List<Traces.Peer> peers = traces.of(fate);
        if (peers.isEmpty()) {
            return;
        }
        String who = "The stream " + Quote.of(fate.name()) + " of " + Quote.of(fate.account()) + " counts on "
                + Quote.all(peers.stream().map(Traces.Peer::label).toList()) + ", ";
        if (fate.gone()) {
            gone.add(fate.name());
            way.owe(LossBill.entry(fate, LossBill.Empty.NO, false));
        } else if (fate.minority() || fate.stream().now().leader() == null) {
            refusals.add(new Refusal(
                    Reason.UNFINISHED,
                    who + "and has no majority without.",
                    "Give it one first: `stretchc plan recover`, or start the servers that hold it."));
        } else if (way.homes()
                        .candidates(fate.stream().config().placementTags())
                        .size()
                < fate.replicas()) {
            refusals.add(new Refusal(
                    Reason.NOWHERE_TO_GO,
                    who + "and no other server of its placement can take the place: it takes " + fate.replicas()
                            + ", and there are "
                            + way.homes()
                                    .candidates(fate.stream().config().placementTags())
                                    .size() + " (503/10075).",
                    "Give it servers, or another placement: `stretchc plan fallback`."));
        } else if (mayComeBack(peers)) {
            refusals.add(new Refusal(
                    Reason.NOT_BACK,
                    who
                            + "and the meta leader takes one of them that does not answer for alive still, as it does for 150 s"
                            + " to 240 s after a kill: when another leaves, that one could be given the replica again.",
                    "Plan again in four minutes."));
        } else {
            streams.put(fate, peers);
            if (peers.stream().anyMatch(p -> !callable(p) && !traces.member(p.id()))) {
                detour(fate, who);
            }
        }
    }

    /** Where several leave one after the other, the first is a candidate for the place of the next until it is offline. */
    private boolean mayComeBack(List<Traces.Peer> peers) {
        return peers.size() > 1
                && peers.stream()
                        .filter(p -> !traces.answers(p))
                        .anyMatch(p -> facts.snapshot().meta().members().stream()
                                .anyMatch(
                                        m -> m.peer().equals(p.id()) && !m.now().offline()));
    }

    /** Whether a stream knows the peer by what it can be called. */
    private boolean callable(Traces.Peer peer) {
        return peer.name() != null || facts.version().atLeast(2, 12, 6);
    }

    private void detour(StreamFate fate, String who) {
        way.homes()
                .detour(fate.stream().config().placementTags(), fate.replicas())
                .ifPresentOrElse(
                        tags -> detours.put(fate, tags),
                        () -> refusals.add(new Refusal(
                                Reason.NOWHERE_TO_GO,
                                who + "whose name nobody knows. nats-server " + facts.version()
                                        + " takes no peer out of a stream by its id, and there is no other place from which"
                                        + " the stream could come back.",
                                "Declare a placement that " + fate.replicas() + " servers fill.")));
    }

    /** Who may go: reserves that are not needed, and whoever does not take part. */
    private void member(Traces.Peer peer) {
        var state = traces.state(peer);
        if (state.isEmpty() || state.get().jetstream() == ServerState.JetStream.DISABLED) {
            return;
        }
        Role role = traces.role(state.get().name());
        if (role == Role.SERVER) {
            refusals.add(new Refusal(
                    Reason.STRANGER,
                    Quote.of(state.get().name())
                            + " is a member of the meta group and answers, and the topology does not have it.",
                    "Add it to the topology, or stop it: when it does not answer, it is removed."));
        }
    }

    /** Without all servers of the topology, a reserve may be what the quorum rests on. */
    private void absent() {
        List<ServerName> absent = facts.cluster().voters().stream()
                .map(v -> v.name())
                .filter(n -> !traces.member(n.peerId())
                        || !facts.answers(n)
                        || facts.standIns().contains(n))
                .sorted()
                .toList();
        if (absent.isEmpty()) {
            return;
        }
        boolean reserves = traces.members().stream().anyMatch(traces::runs);
        String who = Quote.all(absent) + (absent.size() == 1 ? " is not there" : " are not there")
                + " as a member of its own: no answer, no member of the meta group, or a stand-in in its place.";
        if (reserves || absent.stream().anyMatch(n -> facts.standIns().contains(n))) {
            refusals.add(new Refusal(
                    Reason.UNFINISHED,
                    who + " What stands in for it is no trace yet.",
                    "Bring it back: `stretchc plan restore`, `readmit` or `return`; or make the topology say who runs:"
                            + " `generation` of the servers that were replaced one higher."));
        } else {
            way.warn(who + " The topology has it: `stretchc plan readmit` makes a removed server a member again.");
        }
    }

    private void peersOfStreams() {
        streams.forEach((fate, peers) -> {
            List<String> aside = detours.get(fate);
            if (aside != null) {
                thereAndBack(fate, aside);
                return;
            }
            for (Traces.Peer peer : peers) {
                if (!callable(peer)) {
                    continue;
                }
                steps.removeStreamPeer(
                        fate,
                        peer.id(),
                        peer.name(),
                        current(fate),
                        "It counts on a server that is not there for it any more. Another one of its placement takes the"
                                + " place; nobody leaves the meta group before it has its copy.");
                left(fate).remove(peer);
                int away = away(fate);
                steps.awaitStream(
                        fate,
                        List.of(),
                        away,
                        away == 0
                                ? "One change at a time, each seen whole."
                                : "One change at a time. It cannot be whole while it counts on others that do not"
                                        + " answer: those go next, when the copy is there.");
            }
        });
    }

    /** Peers that a stream still counts on when the steps so far are done. */
    private List<Traces.Peer> left(StreamFate fate) {
        return left.computeIfAbsent(fate, f -> new ArrayList<>(streams.getOrDefault(f, List.of())));
    }

    /** How many of these do not answer, so that nobody can wait for them. */
    private int away(StreamFate fate) {
        return Math.toIntExact(
                left(fate).stream().filter(p -> !traces.answers(p)).count());
    }

    /** Nobody leaves before what took the place of the one before is current. */
    private List<Condition> current(StreamFate fate) {
        int all = streams.getOrDefault(fate, List.of()).size();
        int away = away(fate);
        return left(fate).size() == all || away == 0 ? List.of() : List.of(Steps.current(fate, away));
    }

    private void thereAndBack(StreamFate fate, List<String> aside) {
        String reason = "It counts on a peer whose name nobody knows, and nats-server " + facts.version()
                + " takes none out of a stream by its id. ";
        String undo = "give it its old placement again";
        steps.move(fate, aside, Risk.DISRUPTIVE, undo, reason + "It leaves all of its servers, and comes back.");
        steps.awaitStream(fate, List.of(), "One change at a time, each seen whole.");
        steps.move(
                fate,
                fate.stream().config().placementTags(),
                Risk.DISRUPTIVE,
                undo,
                "Back to its placement, on servers that are there.");
        steps.awaitStream(fate, List.of(), "One change at a time, each seen whole.");
    }

    /** Whoever takes a place may lead, and so may any other after an election: where one was touched, it is told. */
    private void leader(StreamFate fate) {
        boolean touched = streams.containsKey(fate);
        List<ServerName> members = touched
                ? way.homes().candidates(fate.stream().config().placementTags())
                : fate.stream().members().stream()
                        .flatMap(m -> java.util.Optional.ofNullable(m.name()).stream())
                        .toList();
        way.streamHome(fate, members, touched);
    }

    private void removeSilent(Traces.Peer peer) {
        String reason = "The topology does not have it, and it does not answer: it counts for the quorum until it is"
                + " removed. One at a time, each seen in the leader's list.";
        if (peer.name() == null) {
            steps.removeId(peer.id(), reason);
            streams.forEach((fate, peers) -> {
                if (!callable(peer) && peers.contains(peer) && !detours.containsKey(fate)) {
                    left(fate).remove(peer);
                    steps.awaitStream(
                            fate,
                            peer.id(),
                            away(fate),
                            "nats-server " + facts.version()
                                    + " takes no peer out of a stream by its id. The removal gives"
                                    + " the stream another server; nobody else goes before that has its copy.");
                }
            });
        } else {
            steps.remove(peer.name(), false, List.of(), reason);
        }
    }

    private void removeRunning(Traces.Peer peer, List<ServerName> stay) {
        ServerName name = traces.state(peer).map(ServerState::name).orElseThrow();
        steps.remove(
                name,
                true,
                List.of(
                        new Condition.MetaLeaderAmong(stay),
                        new Condition.Answering(stay),
                        new Condition.MetaCurrent(stay)),
                "It is not needed any more: all servers of the topology are members and answer. While it runs, its removal"
                        + " switches its JetStream off.");
        steps.stop(name, traces.role(name), "It is no member any more, only a server with routes.");
    }

    private void warnings() {
        if (!gone.isEmpty()) {
            way.warn("No server has a copy of " + WayBack.some(gone)
                    + ": this plan leaves them alone. Delete what is listed of them, and restore them from a backup.");
        }
        way.warn(routes());
        way.warn(
                "A removed name is remembered by the members, and its id stays in their logs until those are compacted:"
                        + " neither counts for anything. Snapshots and journals of stretchc tell of former servers as long as"
                        + " you keep them: nothing reads them that is not told to.");
    }

    /**
     * Connect URLs of a dead server were gone within 3 s (2.10.27); a route that a configuration names was dialled once a
     * second, until the configuration without it was reloaded (2.10.27, 2.15.1).
     */
    private String routes() {
        List<ServerName> stay =
                way.natives().keySet().stream().filter(facts::answers).toList();
        return "What gossip told of former servers, their connect URLs among it, goes by itself within seconds. A route in a"
                + " configuration does not: a server that has one goes on dialling it, and logs that nobody is there, until it"
                + " is reloaded with what `stretchc compile` writes. "
                + (facts.version().atLeast(2, 11, 0)
                        ? "IV108 of `stretchc verify` names those of " + Quote.all(stay)
                                + " that run another configuration."
                        : "nats-server " + facts.version() + " does not tell what it runs: look at the files of "
                                + Quote.all(stay) + ".");
    }
}
