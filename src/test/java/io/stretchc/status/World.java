package io.stretchc.status;

import io.stretchc.Topologies;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.ConsumerState;
import io.stretchc.snapshot.Gap;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.MetaGroup;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.ServerState.JetStream;
import io.stretchc.snapshot.ServerState.MetaView;
import io.stretchc.snapshot.StreamConfig;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cluster made by hand, to be spoilt by a test. It begins as {@link Topologies#STRETCH} in health: six servers, led by
 * {@code emea_1}, and the stream {@code foo} on {@code emea_1}, {@code us_1} and {@code us_2} with a consumer.
 */
public final class World {
    public static final ResolvedTopology TOPOLOGY = Topologies.resolve(Topologies.STRETCH);

    private final Map<String, Server> servers = new TreeMap<>();
    private final Map<String, Stream> streams = new TreeMap<>();
    private final List<String> members = new ArrayList<>();
    private final List<String> claims = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<String> offline = new ArrayList<>();
    private int size = 6;
    private boolean rescue;
    private final List<String> cutOff = new ArrayList<>();
    private int needed;

    private World() {}

    /** All is well. */
    public static World healthy() {
        var world = new World();
        TOPOLOGY.backbone().servers().forEach(s -> world.servers.put(s.name().text(), new Server(s.tags())));
        world.members.addAll(world.servers.keySet());
        world.claims.add("emea_1");
        world.streams.put("foo", new Stream("emea_1", "us_1", "us_2"));
        return world;
    }

    /** A server as it answers. */
    public static final class Server {
        public List<String> tags;
        public String version = "2.10.27";
        public JetStream jetstream = JetStream.ENABLED;
        public @Nullable String digest;

        Server(List<String> tags) {
            this.tags = tags;
        }
    }

    /** A stream as it is. */
    public static final class Stream {
        public String account = "APP";
        public @Nullable String leader;
        public List<String> members;
        public List<String> behind = new ArrayList<>();
        public TreeMap<String, Long> messages = new TreeMap<>();
        public int replicas = 3;
        public List<String> placement = List.of("ha:1");
        public List<String> subjects = List.of("foo.>");
        public @Nullable Boolean listed = true;
        public long ackFloor = 3;
        public long delivered = 5;
        public List<String> consumerMembers;
        public String more = "";
        public boolean consumer = true;

        public Stream(String leader, String... others) {
            this.leader = leader;
            members = new ArrayList<>(List.of(others));
            members.add(leader);
            members.forEach(m -> messages.put(m, 5L));
            consumerMembers = members;
        }
    }

    public Server server(String name) {
        return Objects.requireNonNull(servers.get(name), name);
    }

    public Stream stream(String name) {
        return Objects.requireNonNull(streams.get(name), name);
    }

    public World with(String name, Stream stream) {
        streams.put(name, stream);
        return this;
    }

    /** A server that the topology keeps in reserve, or a stranger, is up, and a member of the meta group. */
    public World joined(String name) {
        started(name);
        members.add(name);
        size++;
        return this;
    }

    /** It runs, and no more. */
    public World started(String name) {
        ClusterModel cluster = TOPOLOGY.backbone();
        List<String> tags = cluster.reserves().stream()
                .filter(r -> r.name().text().equals(name))
                .map(ServerModel::tags)
                .findFirst()
                .orElse(List.of());
        servers.put(name, new Server(tags));
        return this;
    }

    /** Takes servers out of reach while they go on taking connections. */
    public World cutOff(String... names) {
        killed(names);
        cutOff.addAll(List.of(names));
        return this;
    }

    /** SIGKILL: no answer, no copies told, and the others still call it current. */
    public World killed(String... names) {
        for (String name : names) {
            servers.remove(name);
            claims.remove(name);
            for (Stream stream : streams.values()) {
                stream.messages.remove(name);
                stream.leader = name.equals(stream.leader) ? null : stream.leader;
            }
        }
        return this;
    }

    /** Nobody leads the meta group any more, which up to 2.14 means that nobody tells its members. */
    public World leaderless() {
        claims.clear();
        members.clear();
        return this;
    }

    /** Others name themselves leader of the meta group. */
    public World claimedBy(String... names) {
        claims.clear();
        claims.addAll(List.of(names));
        return this;
    }

    /** The meta group counts these. */
    public World counting(int count, String... names) {
        members.clear();
        members.addAll(List.of(names));
        size = count;
        return this;
    }

    public World rescued(int quorum) {
        rescue = true;
        needed = quorum;
        return this;
    }

    /** The meta leader takes them for offline. */
    public World offline(String... names) {
        offline.addAll(List.of(names));
        return this;
    }

    public World gap(String subject, String reason) {
        gaps.add(new Gap(subject, reason));
        return this;
    }

    /** The snapshot of it. */
    public ClusterSnapshot look() {
        var states = new ArrayList<ServerState>();
        servers.forEach((name, s) -> states.add(state(name, s)));
        var all = new ArrayList<StreamState>();
        streams.forEach((name, s) -> all.add(state(name, s)));
        ServerName leader = claims.size() == 1 ? new ServerName(claims.get(0)) : null;
        var now = new MetaGroup.Now(leader, claims.stream().map(ServerName::new).toList());
        var meta = new MetaGroup(
                members.stream()
                        .map(m -> member(m, !offline.contains(m), offline.contains(m), 0))
                        .toList(),
                size,
                now);
        cutOff.forEach(n -> states.add(greeted(n)));
        return new ClusterSnapshot("STRETCH", "hub", states, meta, all, gaps);
    }

    /** What a greeting tells, and nothing else did. */
    private static ServerState greeted(String name) {
        return new ServerState(
                new ServerName(name),
                new ServerName(name).peerId(),
                new ServerVersion(2, 10, 27),
                "STRETCH",
                null,
                null,
                List.of(),
                JetStream.UNKNOWN,
                new ServerState.Now("N" + name, null, null, null, 0, 0));
    }

    private ServerState state(String name, Server s) {
        String told = claims.contains(name) || claims.isEmpty() ? (claims.isEmpty() ? "" : name) : claims.get(0);
        var view = new MetaView(told.isEmpty() ? null : new ServerName(told), size, needed, rescue);
        return new ServerState(
                new ServerName(name),
                new ServerName(name).peerId(),
                ServerVersion.parse(s.version).orElseThrow(),
                "STRETCH",
                "hub",
                null,
                s.tags,
                s.jetstream,
                new ServerState.Now("N" + name, "2026-01-01T00:00:00Z", s.digest, view, 0, 0));
    }

    /** A name in parentheses is a peer id that nobody knows the name of. */
    private static Member member(String name, boolean current, boolean gone, long lag) {
        var now = new Member.Now(current, gone, lag, Duration.ZERO);
        return name.startsWith("(")
                ? new Member(null, name.substring(1, name.length() - 1), now)
                : new Member(new ServerName(name), new ServerName(name).peerId(), now);
    }

    private static StreamState state(String name, Stream s) {
        boolean led = s.leader != null;
        var members = s.members.stream()
                .map(m -> member(m, led && !s.behind.contains(m), false, s.behind.contains(m) ? 40 : 0))
                .toList();
        String json = "{\"max_msgs_per_subject\":-1" + s.more + ",\"name\":\"" + name + "\"}";
        var config = new StreamConfig(s.replicas, null, s.placement, s.subjects, "file", "limits", json);
        var copies = new ArrayList<StreamState.Copy>();
        s.messages.forEach(
                (server, n) -> copies.add(new StreamState.Copy(new ServerName(server), n, n * 10, n == 0 ? 0 : 1, n)));
        ServerName leader = s.leader == null ? null : new ServerName(s.leader);
        var consumer = new ConsumerState(
                "dur",
                true,
                0,
                "{}",
                s.consumerMembers.stream().map(m -> member(m, led, false, 0)).toList(),
                leader == null
                        ? null
                        : new ConsumerState.Now(leader, s.delivered, s.delivered, s.ackFloor, s.ackFloor, 0, 2));
        return new StreamState(
                s.account,
                name,
                config,
                members,
                s.consumer ? List.of(consumer) : List.of(),
                s.listed,
                new StreamState.Now(leader, copies));
    }

    /** Who is there, by the topology. */
    public Census census() {
        ClusterModel cluster = TOPOLOGY.backbone();
        var roll = new Census.Roll(
                cluster.name(),
                cluster.servers().stream().map(ServerModel::name).toList(),
                cluster.reserves().stream().map(ServerModel::name).toList(),
                List.of());
        return Census.of(look(), roll);
    }

    /** The status of it. */
    public ClusterStatus status() {
        return StatusReader.read(TOPOLOGY, look(), census(), "stretch.yaml");
    }
}
