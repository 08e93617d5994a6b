package io.stretchc.simulate;

import io.stretchc.quorum.Quorum;
import io.stretchc.topology.ServerName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The meta group of the model.
 *
 * @param peers its members
 * @param size as the servers count it; a group that was formed short of a server counts less than there are names
 * @param informed servers whose log of the group is not empty
 * @param rescue lowered quorum, per server, as {@code META.RESCUE} leaves it: in memory, on those that were told
 * @param rescued whether such a call was made before, so that it need not be repeated once there is a leader
 * @param leader none while nobody names itself leader
 */
public record Meta(
        SortedSet<ServerName> peers,
        int size,
        SortedSet<ServerName> informed,
        SortedMap<ServerName, Integer> rescue,
        boolean rescued,
        @Nullable ServerName leader) {
    public Meta {
        peers = Collections.unmodifiableSortedSet(new TreeSet<>(peers));
        informed = Collections.unmodifiableSortedSet(new TreeSet<>(informed));
        rescue = Collections.unmodifiableSortedMap(new TreeMap<>(rescue));
    }

    /** Votes that an election takes by nature. */
    int quorum() {
        return Quorum.of(size);
    }

    Meta led(@Nullable ServerName by) {
        return new Meta(peers, size, informed, rescue, rescued, by);
    }

    /** With a further member; its log fills as soon as there is a leader to send it. */
    Meta joined(ServerName server) {
        var all = new TreeSet<>(peers);
        boolean isNew = all.add(server);
        return new Meta(all, isNew ? size + 1 : size, informed, rescue, rescued, leader);
    }

    Meta informed(ServerName server) {
        var all = new TreeSet<>(informed);
        all.add(server);
        return new Meta(peers, size, all, rescue, rescued, leader);
    }

    Meta wiped(ServerName server) {
        var rest = new TreeSet<>(informed);
        rest.remove(server);
        var lowered = new TreeMap<>(rescue);
        lowered.remove(server);
        return new Meta(peers, size, rest, lowered, rescued, leader);
    }

    Meta lowered(SortedMap<ServerName, Integer> to) {
        return new Meta(peers, size, informed, to, true, leader);
    }

    /** With the quorum that it has by nature. */
    Meta lapsed() {
        return new Meta(peers, size, informed, new TreeMap<>(), rescued, leader);
    }

    /** Without a member. A rescue ends where the natural quorum is no higher (2.15.1: after the removals). */
    Meta without(ServerName server) {
        var rest = new TreeSet<>(peers);
        boolean was = rest.remove(server);
        int smaller = was ? size - 1 : size;
        var lowered = new TreeMap<>(rescue);
        lowered.remove(server);
        lowered.values().removeIf(q -> Quorum.of(smaller) <= q);
        Meta left = new Meta(rest, smaller, informed, lowered, rescued, server.equals(leader) ? null : leader);
        return left.wiped(server);
    }
}
