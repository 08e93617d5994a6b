package io.stretchc.simulate;

import io.stretchc.simulate.Outcome.AlreadyDone;
import io.stretchc.simulate.Outcome.Done;
import io.stretchc.simulate.Outcome.Refused;
import io.stretchc.simulate.StreamGroup.Change;
import io.stretchc.simulate.StreamGroup.Copy;
import io.stretchc.topology.ServerName;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code SERVER.REMOVE}: what it does to the meta group and, by version, to the streams that have a copy there. */
final class Removal {
    private final World world;

    Removal(World world) {
        this.world = world;
    }

    Outcome of(ServerName server) {
        if (!world.meta().peers().contains(server) && world.removed().contains(server)) {
            return new AlreadyDone(world);
        }
        if (world.meta().leader() == null) {
            return new Refused(world, "the meta group has no leader, so a removal is not answered (503/10008)");
        }
        if (!world.meta().peers().contains(server)) {
            return new Refused(world, server + " is not a member of the cluster (400/10044)");
        }
        World after = world.with(world.meta().without(server)).removed(server);
        Node node = world.nodes().get(server);
        if (node != null && node.state() == Node.State.UP) {
            after = after.with(node.in(Node.State.DISABLED));
        }
        if (after.meta().leader() == null) {
            after = Settling.elected(after);
        }
        var streams = new TreeMap<StreamGroup.Id, StreamGroup>();
        for (StreamGroup s : world.streams().values()) {
            streams.put(s.id(), s.copies().containsKey(server) ? left(after, s, server) : s);
        }
        return new Done(after.with(streams));
    }

    private StreamGroup left(World after, StreamGroup stream, ServerName gone) {
        boolean quorate = Elections.streamElects(stream, world.here());
        return switch (world.generation()) {
            case EVERY_VOTE -> quorate ? replaced(after, stream, gone, false) : wedged(after, stream, gone);
            case WHOLE_GROUP, KNOWN_PEERS ->
                quorate ? replaced(after, stream, gone, true) : wedged(after, stream, gone);
            case RESCUE -> dropped(after, stream, gone);
        };
    }

    /**
     * Where another server matches it takes the place. Where none does, up to 2.11 the removed one stays listed (2.11.17:
     * {@code [emea_3, us_3 !cur]}); 2.12.15 drops it and then refuses every update with 400/10124.
     */
    private static StreamGroup replaced(World after, StreamGroup stream, ServerName gone, boolean drops) {
        var copies = new TreeMap<>(stream.copies());
        copies.remove(gone);
        List<ServerName> others = Placing.choose(after, copies.keySet(), stream.tags(), copies.size() + 1);
        var fresh = new TreeSet<>(others);
        fresh.removeAll(copies.keySet());
        if (!fresh.isEmpty() && copies.size() < stream.replicas()) {
            copies.put(fresh.first(), Copy.BLANK);
            return stream.with(copies, stream.leader(), Change.FILLING);
        }
        if (copies.size() >= stream.replicas()) {
            return stream.with(copies, stream.leader(), stream.change());
        }
        return drops ? stream.with(copies, stream.leader(), Change.STUCK) : stream;
    }

    /**
     * A stream without quorum: in one run of three on 2.10.27 it never took another update (400/10124), so that a plan may
     * not count on it. A stream of which no copy is left gets empty members in the place of the removed, as far as others
     * match, and with most of them it elects and takes writes (2.9.10, 2.10.27: 23 of 23); where none match it stays as it is.
     */
    private StreamGroup wedged(World after, StreamGroup stream, ServerName gone) {
        boolean survivor = stream.copies().entrySet().stream()
                .anyMatch(
                        e -> world.here().contains(e.getKey()) && !e.getValue().blank());
        return survivor ? stream.with(stream.copies(), null, Change.STUCK) : replaced(after, stream, gone, false);
    }

    /**
     * 2.15.1 drops the peer at once, refills from what matches, and finishes an update that was stuck because of it. A stream
     * whose last member goes is refilled as well, empty (4 of 4).
     */
    private static StreamGroup dropped(World after, StreamGroup stream, ServerName gone) {
        var copies = new TreeMap<>(stream.copies());
        copies.remove(gone);
        SortedSet<ServerName> here = after.here();
        boolean clean = here.containsAll(copies.keySet());
        boolean wasStuck = stream.change() == Change.STUCK || copies.isEmpty();
        if (!clean) {
            return stream.with(copies, stream.leader(), stream.change());
        }
        List<ServerName> chosen = Placing.choose(after, copies.keySet(), stream.tags(), stream.replicas());
        boolean full = wasStuck ? chosen.size() == stream.replicas() : chosen.containsAll(copies.keySet());
        if (full) {
            chosen.forEach(s -> copies.putIfAbsent(s, Copy.BLANK));
        }
        boolean filling = copies.containsValue(Copy.BLANK);
        return stream.with(copies, stream.leader(), filling ? Change.FILLING : Change.NONE);
    }
}
