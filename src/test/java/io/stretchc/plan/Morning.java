package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.simulate.Effects;
import io.stretchc.simulate.Node;
import io.stretchc.simulate.Outcome;
import io.stretchc.simulate.StreamGroup;
import io.stretchc.simulate.World;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.MetaGroup;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamConfig;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;

/** The morning after: a world in which a plan was carried out, and what {@code observe} shows of it. */
public final class Morning {
    private Morning() {}

    /** After the recovery of the night. */
    public static World recovered(String version) {
        return after(Night.world(version), Night.recover(version));
    }

    /** After the night was bridged. */
    public static World bridged(String version) {
        return after(
                Night.world(version),
                Night.planned(
                        Night.result(Night.of(version), Night.RICH, new Scenario.Bridge(new SiteName("us")), null)));
    }

    /** The world after all steps of a plan. */
    public static World after(World start, Plan plan) {
        World world = start;
        for (Step step : plan.steps()) {
            world = after(world, step.action());
        }
        return world;
    }

    public static World after(World start, Action action) {
        Outcome outcome = Effects.of(action, start);
        assertThat(outcome.fine()).as("%s: %s", action, outcome).isTrue();
        return outcome.world();
    }

    /** What is planned for the site in such a world. */
    public static PlanResult result(World world, Scenario scenario) {
        return Planner.plan(
                new PlanInput(Night.RICH, new Plan.Source("topology.yaml", "sha256:t"), look(world), "sha256:s", null),
                scenario);
    }

    public static Plan restore(String version) {
        return Night.planned(result(recovered(version), new Scenario.Restore(new SiteName("us"))));
    }

    public static Plan back(String version) {
        return Night.planned(result(bridged(version), new Scenario.Return(new SiteName("us"))));
    }

    /** The snapshot of it. */
    public static ClusterSnapshot look(World world) {
        return look(world, false);
    }

    /**
     * The snapshot of it.
     *
     * @param offline whether the meta leader knows who is dead, as it does minutes after a kill
     */
    static ClusterSnapshot look(World world, boolean offline) {
        var servers = new ArrayList<ServerState>();
        for (Node node : world.nodes().values()) {
            if (node.state() != Node.State.DOWN) {
                servers.add(state(world, node));
            }
        }
        ServerName leader = world.meta().leader();
        SortedSet<ServerName> here = world.here();
        boolean told = leader != null || world.version().atLeast(2, 15, 0);
        List<Member> members = told
                ? world.meta().peers().stream()
                        .map(p -> member(p, here.contains(p), offline && !here.contains(p)))
                        .toList()
                : List.of();
        var meta = new MetaGroup(
                members, world.meta().size(), new MetaGroup.Now(leader, leader == null ? List.of() : List.of(leader)));
        var streams = new ArrayList<StreamState>();
        world.streams().values().forEach(s -> streams.add(stream(s, here)));
        return new ClusterSnapshot("STRETCH", "hub", servers, meta, streams, List.of());
    }

    private static ServerState state(World world, Node node) {
        Integer lowered = world.meta().rescue().get(node.name());
        int needed = lowered == null ? 0 : lowered;
        var view = new ServerState.MetaView(world.meta().leader(), world.meta().size(), needed, lowered != null);
        return new ServerState(
                node.name(),
                node.name().peerId(),
                node.version(),
                "STRETCH",
                "hub",
                null,
                node.tags(),
                node.state() == Node.State.DISABLED ? ServerState.JetStream.DISABLED : ServerState.JetStream.ENABLED,
                new ServerState.Now("N" + node.name(), "2026-01-01T00:00:00Z", null, view, 0, 0));
    }

    /** A stream of which nobody who answers has a copy is listed without members, by a leader. */
    private static StreamState stream(StreamGroup s, SortedSet<ServerName> here) {
        long most = s.copies().values().stream()
                .mapToLong(StreamGroup.Copy::last)
                .filter(n -> n >= 0 && n != Long.MAX_VALUE)
                .max()
                .orElse(0);
        var copies = new ArrayList<StreamState.Copy>();
        var members = new ArrayList<Member>();
        long level = s.copies().values().stream().distinct().count();
        s.copies().forEach((server, copy) -> {
            boolean current = s.leader() != null && (level == 1 || copy.last() == most) && here.contains(server);
            members.add(member(server, current, false));
            if (here.contains(server)) {
                long last = Math.max(0, Math.min(most, copy.last()));
                copies.add(new StreamState.Copy(server, last, last * 10, last == 0 ? 0 : 1, last));
            }
        });
        String name = s.id().name();
        String json = "{\"name\":\"" + name + "\"}";
        return new StreamState(
                s.id().account(),
                name,
                new StreamConfig(s.replicas(), null, s.tags(), List.of(name + ".>"), "file", "limits", json),
                copies.isEmpty() ? List.of() : members,
                List.of(),
                true,
                new StreamState.Now(s.leader(), copies));
    }

    private static Member member(ServerName name, boolean current, boolean offline) {
        return new Member(
                name, Objects.requireNonNull(name.peerId()), new Member.Now(current, offline, 0, Duration.ZERO));
    }
}
