package io.stretchc.status;

import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Tag;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who of a cluster answers, and as what. Servers are told apart by peer id, which is made from the name. A member that did
 * not answer is not alive: after a SIGKILL leaders call it online and current for 20 s to 150 s (nats-server 2.10 to 2.15).
 */
public final class Attendance {
    private final ClusterModel cluster;
    private final SortedMap<String, ServerState> answering = new TreeMap<>();
    private final SortedMap<String, ServerModel> ordinary = new TreeMap<>();
    private final SortedMap<String, ServerModel> reserves = new TreeMap<>();

    public Attendance(ClusterModel cluster, ClusterSnapshot snapshot) {
        this.cluster = cluster;
        String name = cluster.lone() ? snapshot.cluster() : cluster.name();
        snapshot.servers().stream()
                .filter(s -> s.cluster().equals(name) && !s.greetedOnly())
                .forEach(s -> answering.putIfAbsent(s.peer(), s));
        cluster.servers().forEach(s -> ordinary.put(s.name().peerId(), s));
        cluster.reserves().forEach(s -> reserves.putIfAbsent(s.name().peerId(), s));
    }

    /** All servers of the cluster that answer, by name. */
    public List<ServerState> answering() {
        return answering.values().stream()
                .sorted(java.util.Comparator.comparing(ServerState::name))
                .toList();
    }

    /** Servers of the topology that do not answer. */
    public List<ServerName> silent() {
        return cluster.servers().stream()
                .map(ServerModel::name)
                .filter(n -> !answering.containsKey(n.peerId()))
                .sorted()
                .toList();
    }

    /** The server behind a member, if it answers. */
    public Optional<ServerState> server(Member member) {
        return Optional.ofNullable(answering.get(member.peer()));
    }

    /** The server of this name, if it answers. */
    public Optional<ServerState> server(ServerName name) {
        return Optional.ofNullable(answering.get(name.peerId()));
    }

    /** Whether a member can take part in its groups. */
    public boolean alive(Member member) {
        ServerState server = answering.get(member.peer());
        return server != null && server.jetstream() != ServerState.JetStream.DISABLED;
    }

    /** Whether the topology has this peer, as an ordinary server or as a reserve. */
    public boolean known(String peer) {
        return ordinary.containsKey(peer) || reserves.containsKey(peer);
    }

    /** Whether the topology has this peer as an ordinary server. */
    public boolean ordinary(String peer) {
        return ordinary.containsKey(peer);
    }

    /**
     * What the topology has in the place of a server that answers. A stand-in has the name of the server that it stands in
     * for; only its tags tell.
     */
    public Optional<ServerModel> model(ServerState server) {
        ServerModel usual = ordinary.get(server.peer());
        ServerModel reserve = reserves.get(server.peer());
        boolean standsIn = usual != null
                && reserve != null
                && !tags(usual).equals(tags(server))
                && tags(reserve).equals(tags(server));
        return Optional.ofNullable(usual == null || standsIn ? reserve : usual);
    }

    /** What it answers as; none for a stranger. */
    public Optional<Role> role(ServerState server) {
        return model(server).map(ServerModel::role);
    }

    /** Reserves that answer. */
    public List<ServerState> guests() {
        return answering().stream()
                .filter(s -> role(s).filter(r -> r != Role.SERVER).isPresent())
                .toList();
    }

    private static SortedSet<String> tags(ServerModel model) {
        var tags = new TreeSet<String>();
        model.tags().forEach(t -> tags.add(Tag.fold(t)));
        return tags;
    }

    private static SortedSet<String> tags(ServerState server) {
        var tags = new TreeSet<String>();
        server.tags().forEach(t -> tags.add(Tag.fold(t)));
        return tags;
    }

    /** Tags of the topology that a server runs without. */
    public List<String> lacking(ServerState server) {
        return model(server).map(m -> minus(tags(m), tags(server))).orElse(List.of());
    }

    /** Tags that a server runs with and the topology does not have. */
    public List<String> beyond(ServerState server) {
        return model(server).map(m -> minus(tags(server), tags(m))).orElse(List.of());
    }

    private static List<String> minus(SortedSet<String> all, SortedSet<String> others) {
        return all.stream().filter(t -> !others.contains(t)).toList();
    }
}
