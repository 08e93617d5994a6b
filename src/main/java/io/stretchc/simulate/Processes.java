package io.stretchc.simulate;

import io.stretchc.plan.Action;
import io.stretchc.simulate.Outcome.AlreadyDone;
import io.stretchc.simulate.Outcome.Done;
import io.stretchc.simulate.Outcome.Refused;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Tag;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Starts and stops of servers. */
final class Processes {
    private final World world;

    Processes(World world) {
        this.world = world;
    }

    /**
     * A server with the name of a dead one is the same peer. A removed name is not admitted, whatever its store (2.10.27,
     * 2.11.17, 2.12.15, 2.15.1); with a leader any other joins the group at once, without one its vote is all it gives.
     */
    Outcome start(Action.StartServer action) {
        ServerName name = action.server();
        Node there = world.nodes().get(name);
        if (there != null && there.state() != Node.State.DOWN) {
            boolean same = there.role() == action.role()
                    && action.site().equals(there.site())
                    && there.state() == Node.State.UP
                    && !world.cuts().containsKey(action.site());
            return same
                    ? new AlreadyDone(world)
                    : new Refused(world, name + " runs already, and the same name is the same member");
        }
        boolean back = world.removed().contains(name);
        if (back && !forgotten()) {
            return new Refused(world, name + " was removed, and is not admitted again under that name");
        }
        var cuts = new TreeMap<>(world.cuts());
        cuts.remove(action.site(), Cut.DEAD);
        var nodes = new TreeMap<>(world.nodes());
        nodes.put(
                name,
                new Node(name, action.site(), world.version(), tags(action, there), action.role(), Node.State.UP));
        World up = new World(
                world.uniquePrefix(),
                nodes,
                world.reserves(),
                world.meta(),
                world.streams(),
                cuts,
                world.attested(),
                world.removed(),
                world.forgetful());
        if (back) {
            up = up.admitted(name);
        }
        if (action.blank()) {
            up = wiped(up, name);
        }
        return new Done(
                up.meta().leader() == null
                        ? up
                        : refilled(up.with(up.meta().joined(name).informed(name)), name, back));
    }

    /**
     * Every member remembers in its memory who was removed, and only the leader's memory counts: one that was restarted
     * since admits the name at once (2.10.27, 2.11.17, 2.12.15, 2.15.1).
     */
    private boolean forgotten() {
        ServerName leader = world.meta().leader();
        return leader != null && world.forgetful().contains(leader);
    }

    /** A restart takes a member away for some seconds; what it leads goes to others, and its memory is empty then. */
    Outcome restart(Action.RestartServer action) {
        ServerName name = action.server();
        Node there = world.nodes().get(name);
        if (there == null || there.role() != action.role() || there.state() == Node.State.DISABLED) {
            return new Refused(world, name + " is no server that takes part in JetStream");
        }
        if (world.forgetful().contains(name)) {
            return new AlreadyDone(world);
        }
        World down = Settling.settled(world.with(there.in(Node.State.DOWN)));
        World elected = down.meta().leader() == null ? Settling.elected(down) : down;
        World up = Settling.settled(elected.with(there.in(Node.State.UP)).restarted(name));
        return new Done(up.meta().leader() == null ? Settling.elected(up) : up);
    }

    /**
     * 2.15.1 gives a stream that misses a replica one on a server that joins and matches; others were seen to when the
     * server had been removed, and not when it was new (2.9.10, 2.10.27, 2.12.15).
     */
    private static World refilled(World world, ServerName joined, boolean readmitted) {
        if (world.generation() != Generation.RESCUE && !readmitted) {
            return world;
        }
        var streams = new TreeMap<>(world.streams());
        for (StreamGroup s : world.streams().values()) {
            var copies = new TreeMap<>(s.copies());
            boolean misses = s.leader() != null && copies.size() < s.replicas() && !copies.containsKey(joined);
            if (misses
                    && Placing.choose(world, copies.keySet(), s.tags(), copies.size() + 1)
                                    .size()
                            > copies.size()) {
                copies.put(joined, StreamGroup.Copy.BLANK);
                streams.put(s.id(), s.with(copies, s.leader(), StreamGroup.Change.FILLING));
            }
        }
        return world.with(streams);
    }

    private List<String> tags(Action.StartServer action, @Nullable Node there) {
        if (there != null && there.role() == action.role()) {
            return there.tags();
        }
        return world.reserves().stream()
                .filter(r -> r.name().equals(action.server()) && r.role() == action.role())
                .findFirst()
                .map(Node::tags)
                .orElse(List.of());
    }

    private static World wiped(World world, ServerName name) {
        var streams = new TreeMap<StreamGroup.Id, StreamGroup>();
        world.streams().forEach((id, s) -> {
            var copies = new TreeMap<>(s.copies());
            copies.computeIfPresent(name, (k, c) -> StreamGroup.Copy.BLANK);
            streams.put(id, s.with(copies, s.leader(), s.change()));
        });
        return world.with(streams).with(world.meta().wiped(name));
    }

    /** What a server has besides its tags stays as it is; one that does not run cannot be reloaded. */
    Outcome retag(Action.RetagServer action) {
        Node there = world.nodes().get(action.server());
        if (there == null || !world.here().contains(action.server())) {
            return new Refused(world, action.server() + " does not run, so that its configuration cannot be reloaded");
        }
        List<String> tags = action.tags().stream().map(Tag::fold).toList();
        return new TreeSet<>(tags).equals(new TreeSet<>(there.tags()))
                ? new AlreadyDone(world)
                : new Done(world.with(there.tagged(tags)));
    }

    Outcome stop(Action.StopServer action) {
        Node there = world.nodes().get(action.server());
        if (there == null || there.state() == Node.State.DOWN || there.role() != action.role()) {
            return new AlreadyDone(world);
        }
        World down = world.with(there.in(Node.State.DOWN));
        return new Done(
                action.server().equals(world.meta().leader())
                        ? Settling.elected(down.with(down.meta().led(null)))
                        : down);
    }
}
