package io.stretchc.plan;

import io.stretchc.Topologies;
import io.stretchc.quorum.Quorum;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.MetaGroup;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamConfig;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/** Every cluster of up to three sites with up to three servers each, and what is seen of it when some are dead. */
final class SmallNights {
    private static final int LAST = 5;

    private SmallNights() {}

    /**
     * A stream of such a cluster.
     *
     * @param tags its placement
     */
    record Stream(String name, int replicas, List<String> tags, List<String> members) {}

    /** Sites a, b and c with so many servers, arbiters and stand-ins enough in each, a placement for each site. */
    static ResolvedTopology topology(int... sizes) {
        var text = new StringBuilder("""
                format: 1
                cluster: { name: STRETCH, domain: hub, server_version: 2.10.27 }
                defaults: { host: 127.0.0.1, store_dir: "./data/{server}" }
                sites:
                """);
        int port = 4000;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == 0) {
                continue;
            }
            text.append(String.format(
                    Locale.ROOT, "  - name: %s%n    dc: %d%n    replacements: 1%n    servers:%n", site(i), i + 1));
            for (int s = 1; s <= sizes[i]; s++) {
                text.append(server("name", name(i, s), port++));
            }
            text.append("    arbiters:\n");
            for (int n = 1; n <= 9; n++) {
                text.append(server("dc: nope, name", site(i) + "_x" + n, port++));
            }
            boolean others = false;
            for (int j = 0; j < sizes.length; j++) {
                for (int s = 1; j != i && s <= sizes[j]; s++) {
                    text.append(others ? "" : "    stand_ins:\n").append(server("for", name(j, s), port++));
                    others = true;
                }
            }
        }
        text.append("placements:\n");
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] > 0) {
                text.append(String.format(Locale.ROOT, "  - { name: %s, tags: [\"dc:%d\"] }%n", site(i), i + 1));
            }
        }
        return Topologies.resolve(text.toString());
    }

    private static String server(String key, String name, int port) {
        return String.format(
                Locale.ROOT, "      - { %s: %s, ports: { client: %d, cluster: %d } }%n", key, name, port, port + 1000);
    }

    static String site(int i) {
        return String.valueOf((char) ('a' + i));
    }

    static String name(int site, int server) {
        return site(site) + "_" + server;
    }

    /** One and three replicas in each site, three and five over all of them. */
    static List<Stream> streams(int... sizes) {
        var all = new ArrayList<Stream>();
        var mixed = new ArrayList<String>();
        for (int s = 1; s <= 3; s++) {
            for (int i = 0; i < sizes.length; i++) {
                if (s <= sizes[i]) {
                    mixed.add(name(i, s));
                }
            }
        }
        for (int i = 0; i < sizes.length; i++) {
            char c = site(i).charAt(0);
            List<String> here = mixed.stream().filter(n -> n.charAt(0) == c).toList();
            List<String> tags = List.of("dc:" + (i + 1));
            if (!here.isEmpty()) {
                all.add(new Stream("one-" + c, 1, tags, here.subList(0, 1)));
            }
            if (here.size() == 3) {
                all.add(new Stream("three-" + c, 3, tags, here));
            }
        }
        if (mixed.size() >= 3) {
            all.add(new Stream("three", 3, List.of(), mixed.subList(0, 3)));
        }
        if (mixed.size() >= LAST) {
            all.add(new Stream("five", LAST, List.of(), mixed.subList(0, LAST)));
        }
        return all;
    }

    /** What those that are not dead show. */
    static ClusterSnapshot look(
            ResolvedTopology topology, List<Stream> streams, SortedSet<String> dead, ServerVersion version) {
        Map<String, ServerModel> models = new TreeMap<>();
        topology.backbone().voters().forEach(v -> models.put(v.name().text(), v));
        List<String> alive =
                models.keySet().stream().filter(n -> !dead.contains(n)).toList();
        int size = models.size();
        ServerName leader = alive.size() >= Quorum.of(size) ? new ServerName(alive.get(0)) : null;
        var servers = new ArrayList<ServerState>();
        for (String name : alive) {
            var view = new ServerState.MetaView(leader, size, 0, false);
            servers.add(new ServerState(
                    new ServerName(name),
                    new ServerName(name).peerId(),
                    version,
                    "STRETCH",
                    "hub",
                    null,
                    java.util.Objects.requireNonNull(models.get(name)).tags(),
                    ServerState.JetStream.ENABLED,
                    new ServerState.Now("N" + name, "2026-01-01T00:00:00Z", null, view, 0, 0)));
        }
        boolean told = leader != null || (version.atLeast(2, 15, 0) && !alive.isEmpty());
        List<Member> members =
                told ? models.keySet().stream().map(n -> member(n, alive)).toList() : List.of();
        var meta =
                new MetaGroup(members, size, new MetaGroup.Now(leader, leader == null ? List.of() : List.of(leader)));
        var seen = new ArrayList<StreamState>();
        for (Stream s : streams) {
            List<String> holders = s.members().stream().filter(alive::contains).toList();
            if (holders.isEmpty() && leader == null) {
                continue;
            }
            boolean led = holders.size() >= Quorum.of(s.members().size());
            String json = "{\"name\":\"" + s.name() + "\"}";
            seen.add(new StreamState(
                    "APP",
                    s.name(),
                    new StreamConfig(s.replicas(), null, s.tags(), List.of(s.name()), "file", "limits", json),
                    holders.isEmpty()
                            ? List.of()
                            : s.members().stream().map(m -> member(m, alive)).toList(),
                    List.of(),
                    true,
                    new StreamState.Now(
                            led ? new ServerName(holders.get(0)) : null,
                            holders.stream()
                                    .map(h -> new StreamState.Copy(new ServerName(h), 5, 50, 1, 5))
                                    .toList())));
        }
        return new ClusterSnapshot("STRETCH", "hub", servers, meta, seen, List.of());
    }

    private static Member member(String name, List<String> alive) {
        var now = new Member.Now(alive.contains(name), false, 0, Duration.ZERO);
        return new Member(new ServerName(name), new ServerName(name).peerId(), now);
    }
}
