package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.simulate.Meta;
import io.stretchc.simulate.Node;
import io.stretchc.simulate.Proof;
import io.stretchc.simulate.Simulator;
import io.stretchc.simulate.StreamGroup;
import io.stretchc.simulate.World;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random clusters, tags and losses: a fallback breaks no unique tag and leaves no stream worse, and its undo ends where it
 * began. Each case is named by its seed.
 */
class FallbackPropertyTest {
    private static final int CASES = 2500;
    private static final List<String> VERSIONS = List.of("2.9.10", "2.10.27", "2.11.17", "2.12.15", "2.15.1");

    @Test
    void noStreamIsWorseOffAndTheWayBackEndsWhereItBegan() {
        int planned = 0;
        int undone = 0;
        int lent = 0;
        int moved = 0;
        int twice = 0;
        for (int seed = 0; seed < CASES; seed++) {
            var night = new Case(seed);
            PlanResult result = night.result(night.world, new Scenario.Fallback(List.of(), false));
            if (!(result instanceof PlanResult.Planned p)) {
                continue;
            }
            planned++;
            lent += has(p.plan(), Action.RetagServer.class);
            moved += has(p.plan(), Action.MoveStream.class);
            twice += oneAfterTheOther(seed, p.plan());
            night.proven(night.world, p.plan());
            World fallen = Morning.after(night.world, p.plan());
            night.unique(fallen);
            night.noWorse(fallen);
            World back = Evening.revived(fallen, night.dead);
            PlanResult undo = night.result(back, new Scenario.Fallback(List.of(), true));
            if (undo instanceof PlanResult.Planned u) {
                undone++;
                night.proven(back, u.plan());
                night.home(Morning.after(back, u.plan()));
            } else {
                assertThat(undo).as("seed %d", seed).isInstanceOf(PlanResult.NothingToDo.class);
                night.home(back);
            }
        }
        assertThat(planned).isGreaterThan(CASES / 10);
        assertThat(undone).isGreaterThan(planned / 4);
        assertThat(lent).as("of %d plans", planned).isGreaterThan(CASES / 20);
        assertThat(moved).as("of %d plans", planned).isGreaterThan(CASES / 50);
        assertThat(twice).as("of %d plans", planned).isGreaterThan(CASES / 100);
    }

    /** Of a stream with two dead members the first is only waited for as far as it can be, and the second as a whole. */
    private static int oneAfterTheOther(int seed, Plan plan) {
        List<Step> five = plan.steps().stream()
                .filter(s -> s.id().text().matches("(remap|await)-APP-e(~2)?"))
                .toList();
        if (five.size() < 4) {
            return 0;
        }
        assertThat(five.stream().map(Step::id).map(StepId::text))
                .as("seed %d", seed)
                .containsExactly("remap-APP-e", "await-APP-e", "remap-APP-e~2", "await-APP-e~2");
        var four = new Condition.StreamCurrent("APP", "e", 4, 7);
        assertThat(five.get(1).action()).isEqualTo(new Action.AwaitStream("APP", "e", 5, 1));
        assertThat(five.get(1).after()).contains(four);
        assertThat(five.get(2).before()).contains(four);
        assertThat(five.get(3).action()).isEqualTo(new Action.AwaitStream("APP", "e", 5));
        assertThat(five.get(3).after()).contains(new Condition.StreamWhole("APP", "e", 5, 7));
        return 1;
    }

    private static int has(Plan plan, Class<? extends Action> kind) {
        return plan.steps().stream().anyMatch(s -> kind.isInstance(s.action())) ? 1 : 0;
    }

    /** A cluster of two or three sites with three to five servers each, of which one or two are dead. */
    private static final class Case {
        private final int seed;
        private final Random random;
        private final ResolvedTopology topology;
        private final World world;
        private final World whole;
        private final String[] dead;

        Case(int seed) {
            this.seed = seed;
            random = new Random(seed);
            int sites = 2 + random.nextInt(2);
            topology = Topologies.resolve(text(sites));
            String version = VERSIONS.get(random.nextInt(VERSIONS.size()));
            whole = healthy(ServerVersion.parse(version).orElseThrow());
            var names = new ArrayList<>(whole.nodes().keySet());
            Collections.shuffle(names, random);
            var some = new TreeSet<>(names.subList(0, 1 + random.nextInt(2)));
            dead = some.stream().map(ServerName::text).toArray(String[]::new);
            world = killed(some);
        }

        private String text(int sites) {
            var text = new StringBuilder("""
                    format: 1
                    cluster: { name: STRETCH, domain: hub, server_version: 2.10.27 }
                    sites:
                    """);
            for (int s = 1; s <= sites; s++) {
                text.append("  - name: s")
                        .append(s)
                        .append("\n    dc: ")
                        .append(s)
                        .append("\n    region: r")
                        .append(1 + s / 2)
                        .append("\n    servers:\n");
                int servers = 3 + random.nextInt(3);
                for (int n = 1; n <= servers; n++) {
                    int port = 4000 + s * 100 + n * 3;
                    boolean ha1 = random.nextInt(2) == 0;
                    boolean ha2 = random.nextInt(3) == 0;
                    text.append("      - { name: s")
                            .append(s)
                            .append('_')
                            .append(n)
                            .append(", host: 127.0.0.1, store_dir: \"./d/{server}\", ports: { client: ")
                            .append(port)
                            .append(", cluster: ")
                            .append(port + 1)
                            .append(", monitor: ")
                            .append(port + 2)
                            .append(" }, tags: [")
                            .append(ha1 ? "\"ha:1\"" : "")
                            .append(ha1 && ha2 ? ", " : "")
                            .append(ha2 ? "\"ha:2\"" : "")
                            .append("] }\n");
                }
            }
            return text.append("""
                    placements:
                      - { name: ha1, tags: ["ha:1"], fallbacks: %s }
                      - { name: ha2, tags: ["ha:2"], fallbacks: %s }
                      - { name: r1, tags: ["region:r1"] }
                      - { name: r2, tags: ["region:r2"] }
                      - { name: d1, tags: ["dc:1"], fallbacks: [d2] }
                      - { name: d2, tags: ["dc:2"] }
                    accounts:
                      - { name: SYS, system: true, users: [{ user: admin, password: { env: A } }] }
                      - { name: APP, users: [{ user: app, password: { env: B } }] }
                    streams:
                      - { name: a, account: APP, subjects: ["a.>"], replicas: 3, placement: ha1 }
                      - { name: b, account: APP, subjects: ["b.>"], replicas: 3, placement: ha2 }
                      - { name: c, account: APP, subjects: ["c.>"], replicas: 3, placement: d1 }
                      - { name: e, account: APP, subjects: ["e.>"], replicas: 5, placement: ha1 }
                    """.formatted(fallbacks(), fallbacks())).toString();
        }

        private String fallbacks() {
            var all = new ArrayList<>(List.of("r1", "r2", "d1", "d2"));
            Collections.shuffle(all, random);
            return all.subList(0, 1 + random.nextInt(all.size())).toString();
        }

        private World healthy(ServerVersion version) {
            var nodes = new TreeMap<ServerName, Node>();
            for (ServerModel m : topology.backbone().servers()) {
                List<String> tags = m.tags().stream().map(Tag::fold).toList();
                nodes.put(m.name(), new Node(m.name(), m.site(), version, tags, Role.SERVER, Node.State.UP));
            }
            var streams = new TreeMap<StreamGroup.Id, StreamGroup>();
            stream(streams, nodes, "a", 3, "ha:1");
            stream(streams, nodes, "b", 3, "ha:2");
            stream(streams, nodes, "c", 3, "dc:1");
            stream(streams, nodes, "e", 5, "ha:1");
            stream(streams, nodes, "one", 1, "dc:1");
            var peers = new TreeSet<>(nodes.keySet());
            var meta = new Meta(peers, peers.size(), peers, new TreeMap<>(), false, peers.first());
            return new World(
                    "unique:", nodes, List.of(), meta, streams, new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
        }

        private void stream(
                SortedMap<StreamGroup.Id, StreamGroup> streams,
                SortedMap<ServerName, Node> nodes,
                String name,
                int replicas,
                String tag) {
            var some = new ArrayList<>(nodes.values().stream()
                    .filter(n -> n.tags().contains(tag))
                    .map(Node::name)
                    .toList());
            if (some.size() < replicas) {
                return;
            }
            Collections.shuffle(some, random);
            var copies = new TreeMap<ServerName, StreamGroup.Copy>();
            some.subList(0, replicas).forEach(s -> copies.put(s, new StreamGroup.Copy(7)));
            var id = new StreamGroup.Id("APP", name);
            streams.put(
                    id,
                    new StreamGroup(
                            id, replicas, List.of(tag), copies, copies.firstKey(), false, StreamGroup.Change.NONE));
        }

        /** Leaders that are gone are followed by others, where there is a majority. */
        private World killed(SortedSet<ServerName> gone) {
            var nodes = new TreeMap<>(whole.nodes());
            gone.forEach(g -> nodes.computeIfPresent(
                    g, (k, n) -> new Node(k, n.site(), n.version(), n.tags(), n.role(), Node.State.DOWN)));
            var streams = new TreeMap<StreamGroup.Id, StreamGroup>();
            whole.streams().forEach((id, s) -> {
                var copies = new TreeMap<>(s.copies());
                copies.replaceAll((k, c) -> gone.contains(k) ? StreamGroup.Copy.UNSEEN : c);
                List<ServerName> left =
                        copies.keySet().stream().filter(k -> !gone.contains(k)).toList();
                ServerName leader = left.size() * 2 > copies.size() ? left.get(0) : null;
                streams.put(
                        id,
                        new StreamGroup(id, s.replicas(), s.tags(), copies, leader, false, StreamGroup.Change.NONE));
            });
            Meta m = whole.meta();
            ServerName leader = m.peers().stream()
                    .filter(p -> !gone.contains(p))
                    .findFirst()
                    .orElseThrow();
            return new World(
                    "unique:",
                    nodes,
                    List.of(),
                    new Meta(m.peers(), m.size(), m.informed(), m.rescue(), false, leader),
                    streams,
                    new TreeMap<>(),
                    new TreeSet<>(),
                    new TreeSet<>());
        }

        /** In every other case the meta leader knows already who is dead. */
        PlanResult result(World at, Scenario scenario) {
            return Planner.plan(
                    new PlanInput(
                            topology,
                            new Plan.Source("topology.yaml", "sha256:t"),
                            Morning.look(at, seed % 2 == 0),
                            "sha256:s",
                            null),
                    scenario);
        }

        void proven(World start, Plan plan) {
            Proof proof = Simulator.prove(
                    World.of(Morning.look(start), topology),
                    plan.steps().stream().map(Step::action).toList(),
                    plan.losses(),
                    plan.scenario());
            assertThat(proof.violations())
                    .as("seed %d, %s", seed, Night.ids(plan))
                    .isEmpty();
        }

        void unique(World end) {
            end.streams().values().forEach(s -> {
                List<String> values = s.copies().keySet().stream()
                        .flatMap(n -> Objects.requireNonNull(end.nodes().get(n)).tags().stream())
                        .filter(t -> t.startsWith("unique:"))
                        .toList();
                assertThat(values).as("seed %d, %s", seed, s.id()).doesNotHaveDuplicates();
            });
        }

        void noWorse(World end) {
            world.streams().forEach((id, before) -> {
                StreamGroup after = Objects.requireNonNull(end.streams().get(id));
                assertThat(live(after, end)).as("seed %d, %s", seed, id).isGreaterThanOrEqualTo(live(before, world));
                assertThat(sites(after, end)).as("seed %d, %s", seed, id).isGreaterThanOrEqualTo(sites(before, world));
                assertThat(after.copies())
                        .as("seed %d, %s", seed, id)
                        .hasSize(before.copies().size());
            });
        }

        private static long live(StreamGroup s, World at) {
            return s.copies().entrySet().stream()
                    .filter(e -> at.here().contains(e.getKey()) && e.getValue().last() == 7)
                    .count();
        }

        private static int sites(StreamGroup s, World at) {
            var sites = new TreeSet<SiteName>();
            s.copies()
                    .keySet()
                    .forEach(n -> sites.add(Objects.requireNonNull(
                            Objects.requireNonNull(at.nodes().get(n)).site())));
            return sites.size();
        }

        /** Tags and placements are what they were, and so are the members where the placement has no more servers. */
        void home(World end) {
            whole.nodes()
                    .forEach((name, node) -> assertThat(new TreeSet<>(
                                    Objects.requireNonNull(end.nodes().get(name))
                                            .tags()))
                            .as("seed %d, %s", seed, name)
                            .isEqualTo(new TreeSet<>(node.tags())));
            whole.streams().forEach((id, before) -> {
                StreamGroup after = Objects.requireNonNull(end.streams().get(id));
                assertThat(after.tags()).as("seed %d, %s", seed, id).isEqualTo(before.tags());
                assertThat(live(after, end)).as("seed %d, %s", seed, id).isEqualTo(before.replicas());
                List<ServerName> home = whole.nodes().values().stream()
                        .filter(n -> n.tags().containsAll(before.tags()))
                        .map(Node::name)
                        .toList();
                assertThat(home)
                        .as("seed %d, %s", seed, id)
                        .containsAll(after.copies().keySet());
                if (home.size() == before.replicas()) {
                    assertThat(after.copies().keySet())
                            .isEqualTo(before.copies().keySet());
                }
            });
        }
    }
}
