package io.stretchc.simulate;

import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.StreamSpec;
import io.stretchc.topology.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns a snapshot and the topology behind it into a world. */
final class WorldReader {
    private final ClusterSnapshot snapshot;
    private final ResolvedTopology topology;
    private final ServerVersion oldest;
    private final Map<String, ServerName> byPeer = new TreeMap<>();
    private List<Node> away = List.of();
    private final TreeMap<ServerName, Node> nodes = new TreeMap<>();

    WorldReader(ClusterSnapshot snapshot, ResolvedTopology topology) {
        this.snapshot = snapshot;
        this.topology = topology;
        ServerVersion declared = topology.backbone().version();
        oldest = snapshot.members().stream()
                .map(ServerState::version)
                .min(Comparator.naturalOrder())
                .orElse(declared == null ? new ServerVersion(2, 9, 0) : declared);
    }

    World read() {
        topology.backbone().all().forEach(s -> byPeer.put(s.name().peerId(), s.name()));
        snapshot.members().forEach(s -> byPeer.put(s.peer(), s.name()));
        var reserves = new ArrayList<>(
                topology.backbone().reserves().stream().map(this::down).toList());
        topology.backbone().voters().forEach(s -> nodes.put(s.name(), down(s)));
        snapshot.members().forEach(s -> nodes.put(s.name(), answering(s)));
        // a server in whose place a stand-in runs may take that place again
        topology.backbone().voters().stream()
                .filter(s ->
                        java.util.Objects.requireNonNull(nodes.get(s.name())).role() == Role.STAND_IN)
                .forEach(s -> reserves.add(down(s)));
        Meta meta = meta();
        meta.peers().forEach(this::known);
        away = meta.peers().stream()
                .flatMap(p -> java.util.Optional.ofNullable(nodes.get(p)).stream())
                .filter(n -> !up(n))
                .toList();
        var streams = new TreeMap<StreamGroup.Id, StreamGroup>();
        for (StreamState s : snapshot.streams()) {
            StreamGroup group = group(s);
            streams.put(group.id(), group);
        }
        var cuts = new TreeMap<SiteName, Cut>();
        for (Node node : nodes.values()) {
            SiteName site = node.site();
            if (site != null && nodes.values().stream().noneMatch(n -> site.equals(n.site()) && up(n))) {
                cuts.put(site, Cut.DEAD);
            }
        }
        if (!cuts.isEmpty()) {
            unseen(streams);
        }
        return new World(
                Tag.fold(topology.backbone().uniqueTag().prefix()),
                nodes,
                reserves,
                meta,
                streams,
                cuts,
                new TreeSet<>(),
                new TreeSet<>());
    }

    private static boolean up(Node node) {
        return node.state() != Node.State.DOWN;
    }

    private Node down(ServerModel s) {
        List<String> tags = s.tags().stream().map(Tag::fold).toList();
        return new Node(s.name(), s.site(), oldest, tags, s.role(), Node.State.DOWN);
    }

    private Node answering(ServerState s) {
        ServerModel model = model(s);
        SiteName site = model == null ? s.site() : model.site();
        Node.State state = s.jetstream() == ServerState.JetStream.DISABLED ? Node.State.DISABLED : Node.State.UP;
        Role role = model == null ? Role.SERVER : model.role();
        return new Node(s.name(), site, s.version(), s.tags(), role, state);
    }

    /** The declared server of this name; of a server and its stand-in the one whose tags it runs with. */
    private @Nullable ServerModel model(ServerState s) {
        List<ServerModel> named =
                topology.backbone().all().filter(m -> m.name().equals(s.name())).toList();
        return named.stream()
                .filter(m -> m.tags().stream().map(Tag::fold).toList().equals(s.tags()))
                .findFirst()
                .orElse(named.isEmpty() ? null : named.get(0));
    }

    private void known(ServerName name) {
        nodes.computeIfAbsent(name, n -> new Node(n, null, oldest, List.of(), Role.SERVER, Node.State.DOWN));
    }

    private ServerName name(Member member) {
        ServerName name = member.name() != null ? member.name() : byPeer.get(member.peer());
        return name != null ? name : new ServerName(member.label());
    }

    /** Up to 2.14 nobody lists the members while there is no leader: then those that the topology declares. */
    private Meta meta() {
        var peers = new TreeSet<ServerName>();
        snapshot.meta().members().forEach(m -> peers.add(name(m)));
        if (peers.isEmpty()) {
            topology.backbone().voters().forEach(s -> peers.add(s.name()));
        }
        int size = snapshot.meta().size() > 0 ? snapshot.meta().size() : peers.size();
        var rescue = new TreeMap<ServerName, Integer>();
        for (ServerState s : snapshot.members()) {
            ServerState.MetaView view = s.now().meta();
            if (view != null && view.rescue()) {
                rescue.put(s.name(), view.quorumNeeded());
            }
        }
        return new Meta(peers, size, peers, rescue, false, snapshot.meta().now().leader());
    }

    /** Declared streams of which no server that answers has a copy: without a meta leader nobody tells that they exist. */
    private void unseen(Map<StreamGroup.Id, StreamGroup> streams) {
        for (StreamSpec spec : topology.source().streams()) {
            var id = new StreamGroup.Id(spec.account().text(), spec.name().text());
            List<String> tags = tags(spec);
            streams.putIfAbsent(
                    id,
                    new StreamGroup(
                            id,
                            spec.replicas(),
                            tags,
                            guessed(tags, spec.replicas()),
                            null,
                            false,
                            StreamGroup.Change.NONE));
        }
    }

    private Optional<StreamSpec> spec(StreamState stream) {
        return topology.source().streams().stream()
                .filter(s -> s.account().text().equals(stream.account())
                        && s.name().text().equals(stream.name()))
                .findFirst();
    }

    private List<String> tags(StreamSpec spec) {
        return topology.source().placements().stream()
                .filter(p -> p.name().equals(spec.placement()))
                .findFirst()
                .map(p -> p.tags().stream().map(Tag::fold).toList())
                .orElse(List.of());
    }

    /** Nobody tells who holds a stream of which no server that answers has a copy: members that are away, with its tags. */
    private SortedMap<ServerName, StreamGroup.Copy> guessed(List<String> tags, int replicas) {
        var copies = new TreeMap<ServerName, StreamGroup.Copy>();
        away.stream()
                .filter(n -> n.tags().containsAll(tags))
                .limit(replicas)
                .forEach(n -> copies.put(n.name(), StreamGroup.Copy.UNSEEN));
        return copies;
    }

    private StreamGroup group(StreamState s) {
        var copies = new TreeMap<ServerName, StreamGroup.Copy>();
        for (Member member : s.members()) {
            ServerName name = name(member);
            known(name);
            copies.put(name, StreamGroup.Copy.UNSEEN);
        }
        for (StreamState.Copy copy : s.now().copies()) {
            if (copies.containsKey(copy.server())) {
                copies.put(copy.server(), new StreamGroup.Copy(copy.lastSequence()));
            }
        }
        level(s, copies);
        // the meta leader names a stream of which nobody who answers has a copy or the configuration
        boolean unknown = s.config().replicas() == 0;
        Optional<StreamSpec> spec = unknown ? spec(s) : Optional.empty();
        List<String> tags = spec.map(this::tags)
                .orElse(s.config().placementTags().stream().map(Tag::fold).toList());
        int replicas = unknown
                ? spec.map(StreamSpec::replicas).orElse(copies.size())
                : s.config().replicas();
        return new StreamGroup(
                new StreamGroup.Id(s.account(), s.name()),
                replicas,
                tags,
                copies.isEmpty() ? guessed(tags, replicas) : copies,
                s.now().leader(),
                false,
                StreamGroup.Change.NONE);
    }

    /**
     * Servers are asked one after the other, and a stream goes on meanwhile: of members that its leader calls current the
     * later one says more, and none of them is behind.
     */
    private void level(StreamState s, NavigableMap<ServerName, StreamGroup.Copy> copies) {
        if (s.now().leader() == null) {
            return;
        }
        List<ServerName> current = s.members().stream()
                .filter(Member::healthy)
                .map(this::name)
                .filter(n -> s.now().copies().stream().anyMatch(c -> c.server().equals(n)))
                .toList();
        current.stream()
                .map(copies::get)
                .filter(java.util.Objects::nonNull)
                .max(Comparator.naturalOrder())
                .ifPresent(most -> current.forEach(n -> copies.put(n, most)));
    }
}
