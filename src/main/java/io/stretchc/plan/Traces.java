package io.stretchc.plan;

import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is left of servers that the topology does not have among those that run now. */
final class Traces {
    private final Facts facts;
    private final Map<String, ServerName> voters = new TreeMap<>();
    private final Map<String, ServerName> named = new TreeMap<>();

    /**
     * A peer that should not be there.
     *
     * @param name none where nobody knows it any more, and no name of the topology gives the id
     */
    record Peer(String id, @Nullable ServerName name) {
        String label() {
            return name == null ? "(peer " + id + ")" : name.text();
        }
    }

    Traces(Facts facts) {
        this.facts = facts;
        facts.cluster().voters().forEach(v -> voters.put(v.name().peerId(), v.name()));
        facts.cluster().all().forEach(m -> named.put(m.name().peerId(), m.name()));
        facts.input().topology().source().sites().stream()
                .flatMap(s -> s.servers().stream())
                .forEach(this::generations);
        facts.snapshot().servers().forEach(s -> named.put(s.peer(), s.name()));
    }

    private void generations(ServerSpec spec) {
        for (int g = 0; g <= spec.generation(); g++) {
            ServerName name = spec.nameIn(g);
            named.put(name.peerId(), name);
        }
    }

    private Peer peer(Member member) {
        return new Peer(member.peer(), member.name() != null ? member.name() : named.get(member.peer()));
    }

    /** Members of the meta group that the topology does not have now, one by one. */
    List<Peer> members() {
        return facts.snapshot().meta().members().stream()
                .filter(m -> !voters.containsKey(m.peer()))
                .map(this::peer)
                .toList();
    }

    /** Whether the peer is a server that answers, in JetStream or not. */
    boolean runs(Peer peer) {
        return state(peer).isPresent();
    }

    /** Whether it is a server that answers, with JetStream on. */
    boolean answers(Peer peer) {
        return facts.answering().values().stream().anyMatch(s -> s.peer().equals(peer.id()));
    }

    Optional<ServerState> state(Peer peer) {
        return facts.snapshot().members().stream()
                .filter(s -> s.peer().equals(peer.id()))
                .findFirst();
    }

    boolean member(String id) {
        return facts.snapshot().meta().members().stream().anyMatch(m -> m.peer().equals(id));
    }

    /** Peers that a stream, or a consumer of it, counts on and that are no members, or should not be; the silent ones first. */
    List<Peer> of(StreamFate fate) {
        var found = new TreeMap<String, Peer>();
        Stream.concat(
                        fate.stream().members().stream(),
                        fate.stream().consumers().stream().flatMap(c -> c.members().stream()))
                .filter(m -> !voters.containsKey(m.peer()) || !member(m.peer()))
                .forEach(m -> found.put(m.peer(), peer(m)));
        return found.values().stream()
                .sorted(Comparator.comparing(this::answers)) // stable: by id
                .toList();
    }

    /** Servers that run as members of the cluster's network and of no group, and that the topology does not have now. */
    List<ServerState> idle() {
        var idle = new ArrayList<ServerState>();
        for (ServerState s : facts.snapshot().members()) {
            boolean standIn = facts.standIns().contains(s.name());
            if (!member(s.peer()) && (standIn || !voters.containsKey(s.peer()))) {
                idle.add(s);
            }
        }
        return idle;
    }

    Role role(ServerName name) {
        return facts.standIns().contains(name)
                ? Role.STAND_IN
                : facts.model(name).map(ServerModel::role).orElse(Role.SERVER);
    }
}
