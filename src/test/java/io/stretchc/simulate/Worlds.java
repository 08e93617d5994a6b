package io.stretchc.simulate;

import io.stretchc.resolve.Role;
import io.stretchc.simulate.StreamGroup.Change;
import io.stretchc.simulate.StreamGroup.Copy;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds worlds: sites with numbered servers, each with the tag {@code dc:SITE}, streams on named servers. */
final class Worlds {
    static final String ACCOUNT = "APP";

    private final ServerVersion version;
    private final TreeMap<ServerName, Node> nodes = new TreeMap<>();
    private final List<Node> reserves = new ArrayList<>();
    private final TreeMap<StreamGroup.Id, StreamGroup> streams = new TreeMap<>();
    private final TreeMap<SiteName, Cut> cuts = new TreeMap<>();
    private @Nullable ServerName leader;

    private Worlds(String version) {
        this.version = ServerVersion.parse(version).orElseThrow();
    }

    static Worlds on(String version) {
        return new Worlds(version);
    }

    /** The walkthrough's cluster: two sites of three, streams with one, two and no copies in EMEA. */
    static Worlds walkthrough(String version) {
        return on(version).site("emea", 3).site("us", 3).stream("foo", "ha:1", "emea_1 us_1 us_2").stream(
                "em2", "ha:2", "emea_2 emea_3 us_3")
                .stream("usr3", "dc:us", "us_1 us_2 us_3")
                .stream("r1us", "dc:us", "us_1")
                .stream("r1em", "dc:emea", "emea_2");
    }

    Worlds site(String site, int servers) {
        for (int i = 1; i <= servers; i++) {
            var name = new ServerName(site + "_" + i);
            nodes.put(name, node(name, site, Role.SERVER, "dc:" + site, "live"));
        }
        return this;
    }

    private Node node(ServerName name, String site, Role role, String... tags) {
        return new Node(
                name,
                new SiteName(site),
                version,
                Stream.concat(Stream.of("unique:" + name), Arrays.stream(tags)).toList(),
                role,
                role == Role.SERVER ? Node.State.UP : Node.State.DOWN);
    }

    Worlds replacement(String site, String name) {
        reserves.add(node(new ServerName(name), site, Role.REPLACEMENT, "dc:" + site, "live"));
        return this;
    }

    Worlds stream(String name, String tags, String servers) {
        var copies = new TreeMap<ServerName, Copy>();
        List<ServerName> members = names(servers);
        members.forEach(s -> copies.put(s, new Copy(5)));
        var id = new StreamGroup.Id(ACCOUNT, name);
        streams.put(id, new StreamGroup(id, members.size(), List.of(tags), copies, members.get(0), false, Change.NONE));
        return this;
    }

    Worlds led(String server) {
        leader = new ServerName(server);
        return this;
    }

    Worlds lose(String site) {
        cuts.put(new SiteName(site), Cut.DEAD);
        return this;
    }

    Worlds kill(String server) {
        nodes.computeIfPresent(new ServerName(server), (k, n) -> n.in(Node.State.DOWN));
        return this;
    }

    World world() {
        var peers = new TreeSet<>(nodes.keySet());
        var meta = new Meta(peers, peers.size(), peers, new TreeMap<>(), false, leader);
        World world =
                new World("unique:", nodes, reserves, meta, streams, new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
        if (leader == null) {
            world = Settling.elected(world);
        }
        for (SiteName site : cuts.keySet()) {
            world = world.cut(site, Cut.DEAD);
        }
        var seen = new TreeMap<StreamGroup.Id, StreamGroup>();
        for (StreamGroup s : world.streams().values()) {
            var copies = new TreeMap<>(s.copies());
            var here = world.here();
            copies.replaceAll((k, c) -> here.contains(k) ? c : Copy.UNSEEN);
            seen.put(s.id(), s.with(copies, s.leader(), s.change()));
        }
        return Settling.settled(world.with(seen));
    }

    static StreamGroup stream(World world, String name) {
        return java.util.Objects.requireNonNull(world.streams().get(new StreamGroup.Id(ACCOUNT, name)));
    }

    static List<ServerName> names(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(" ")).map(ServerName::new).toList();
    }
}
