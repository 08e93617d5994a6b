package io.stretchc.plan;

import io.stretchc.Topologies;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.simulate.Node;
import io.stretchc.simulate.StreamGroup;
import io.stretchc.simulate.World;
import io.stretchc.topology.ServerName;
import java.util.List;
import java.util.TreeMap;

/** An evening on which a server is silent and its site is not: streams may fall back, and come home when it is back. */
public final class Evening {
    /** "Two of three available, the third from the region": its own site first, then the other one. */
    public static final ResolvedTopology TOPOLOGY = Topologies.resolve(text("[us, emea]"));

    private Evening() {}

    /** The stretched cluster, its placement with these fallbacks. */
    static String text(String fallbacks) {
        return Topologies.STRETCH.replace(
                "placements:\n  - { name: ha1, tags: [\"ha:1\"], preferred_site: emea }\n", """
                placements:
                  - { name: ha1, tags: ["ha:1"], preferred_site: emea, fallbacks: %s }
                  - { name: us, tags: ["dc:1"] }
                  - { name: emea, tags: ["dc:2"] }
                """.formatted(fallbacks));
    }

    /** On this version, without these servers. */
    public static World world(String version, String... dead) {
        var healthy = io.stretchc.status.World.healthy();
        TOPOLOGY.backbone().servers().forEach(s -> healthy.server(s.name().text()).version = version);
        healthy.killed(dead);
        if (List.of(dead).contains("emea_1")) {
            healthy.claimedBy("us_1");
            healthy.stream("foo").leader = "us_1";
        }
        return World.of(healthy.look(), TOPOLOGY);
    }

    public static PlanResult result(World world, Scenario scenario) {
        return result(world, TOPOLOGY, scenario);
    }

    static PlanResult result(World world, ResolvedTopology topology, Scenario scenario) {
        return Planner.plan(
                new PlanInput(
                        topology, new Plan.Source("topology.yaml", "sha256:t"), Morning.look(world), "sha256:s", null),
                scenario);
    }

    public static Plan fallback(String version) {
        return Night.planned(result(world(version, "us_2"), new Scenario.Fallback(List.of(), false)));
    }

    /** What the fallback made of it, and the silent server is back with what it had. */
    public static World back(String version) {
        return revived(Morning.after(world(version, "us_2"), fallback(version)), "us_2");
    }

    public static Plan undo(String version) {
        return Night.planned(result(back(version), new Scenario.Fallback(List.of(), true)));
    }

    public static Plan home(String version) {
        return Night.planned(result(back(version), new Scenario.Home()));
    }

    public static Plan replace(String version) {
        return Night.planned(result(world(version, "us_2"), new Scenario.Replace(new ServerName("us_2"), null)));
    }

    private static final long KEPT = 7;

    /** Servers start again, with what they had, and catch up. */
    static World revived(World world, String... names) {
        var nodes = new TreeMap<>(world.nodes());
        for (String name : names) {
            nodes.computeIfPresent(
                    new ServerName(name),
                    (k, n) -> new Node(k, n.site(), n.version(), n.tags(), n.role(), Node.State.UP));
        }
        var streams = new TreeMap<StreamGroup.Id, StreamGroup>();
        world.streams().forEach((id, s) -> {
            var copies = new TreeMap<>(s.copies());
            long most = copies.values().stream()
                    .mapToLong(StreamGroup.Copy::last)
                    .filter(n -> n != Long.MAX_VALUE)
                    .max()
                    .orElse(KEPT);
            copies.replaceAll((k, c) -> new StreamGroup.Copy(most));
            ServerName leader = s.leader() == null ? copies.firstKey() : s.leader();
            streams.put(id, new StreamGroup(id, s.replicas(), s.tags(), copies, leader, s.recreated(), s.change()));
        });
        return new World(
                world.uniquePrefix(),
                nodes,
                world.reserves(),
                world.meta(),
                streams,
                new TreeMap<>(),
                world.attested(),
                world.removed());
    }
}
