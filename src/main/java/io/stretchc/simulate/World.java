package io.stretchc.simulate;

import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A cluster at one moment, as far as elections, copies and plans go. Never changes: what is done to it gives another.
 *
 * @param uniquePrefix of the tag whose values must differ between the replicas of a stream; empty if there is none
 * @param reserves servers that a plan may start, and their tags
 * @param cuts sites of which nobody answers
 * @param attested sites that a person called gone for good
 * @param removed names that the group remembers as removed. They are refused for five minutes, on 2.9 to 2.10.27 and
 *     2.11.0 to 2.11.1 until every member was restarted; a plan may not count on the end of either
 * @param forgetful members that were restarted since: who leads decides, and one of these has forgotten what was removed
 */
public record World(
        String uniquePrefix,
        SortedMap<ServerName, Node> nodes,
        List<Node> reserves,
        Meta meta,
        SortedMap<StreamGroup.Id, StreamGroup> streams,
        SortedMap<SiteName, Cut> cuts,
        SortedSet<SiteName> attested,
        SortedSet<ServerName> removed,
        SortedSet<ServerName> forgetful) {
    public World {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        reserves = List.copyOf(reserves);
        streams = Collections.unmodifiableSortedMap(new TreeMap<>(streams));
        cuts = Collections.unmodifiableSortedMap(new TreeMap<>(cuts));
        attested = Collections.unmodifiableSortedSet(new TreeSet<>(attested));
        removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
        forgetful = Collections.unmodifiableSortedSet(new TreeSet<>(forgetful));
    }

    /** In which nobody was restarted since a removal. */
    public World(
            String uniquePrefix,
            SortedMap<ServerName, Node> nodes,
            List<Node> reserves,
            Meta meta,
            SortedMap<StreamGroup.Id, StreamGroup> streams,
            SortedMap<SiteName, Cut> cuts,
            SortedSet<SiteName> attested,
            SortedSet<ServerName> removed) {
        this(uniquePrefix, nodes, reserves, meta, streams, cuts, attested, removed, new TreeSet<>());
    }

    /** The world that a snapshot shows; who did not answer is taken for dead. */
    public static World of(ClusterSnapshot snapshot, ResolvedTopology topology) {
        return new WorldReader(snapshot, topology).read();
    }

    /** How the servers elect: all like the oldest. */
    public Generation generation() {
        return Generation.of(version());
    }

    /** The oldest version of the servers that run. */
    public ServerVersion version() {
        SortedSet<ServerName> here = here();
        return nodes.values().stream()
                .filter(n -> here.isEmpty() || here.contains(n.name()))
                .map(Node::version)
                .min(ServerVersion::compareTo)
                .orElseThrow(() -> new IllegalStateException("a world without servers"));
    }

    /** Servers that run, take part in JetStream, and see each other: all but those of sites that are cut off. */
    public SortedSet<ServerName> here() {
        var here = new TreeSet<ServerName>();
        nodes.values().stream()
                .filter(n -> n.state() == Node.State.UP)
                .filter(n -> n.site() == null || !cuts.containsKey(n.site()))
                .forEach(n -> here.add(n.name()));
        return here;
    }

    /** Servers of a site. */
    SortedSet<ServerName> of(SiteName site) {
        var there = new TreeSet<ServerName>();
        nodes.values().stream().filter(n -> site.equals(n.site())).forEach(n -> there.add(n.name()));
        return there;
    }

    /** The same world, a cut site being dead or alive elsewhere. */
    World cut(SiteName site, Cut cut) {
        var cutOff = new TreeMap<>(cuts);
        cutOff.put(site, cut);
        var all = new TreeMap<>(nodes);
        Node.State state = cut == Cut.DEAD ? Node.State.DOWN : Node.State.UP;
        of(site).forEach(name -> all.computeIfPresent(name, (k, n) -> n.in(state)));
        return new World(uniquePrefix, all, reserves, meta, streams, cutOff, attested, removed, forgetful);
    }

    World with(Node node) {
        var all = new TreeMap<>(nodes);
        all.put(node.name(), node);
        return new World(uniquePrefix, all, reserves, meta, streams, cuts, attested, removed, forgetful);
    }

    World with(Meta other) {
        return new World(uniquePrefix, nodes, reserves, other, streams, cuts, attested, removed, forgetful);
    }

    World with(StreamGroup stream) {
        var all = new TreeMap<>(streams);
        all.put(stream.id(), stream);
        return with(all);
    }

    World with(SortedMap<StreamGroup.Id, StreamGroup> others) {
        return new World(uniquePrefix, nodes, reserves, meta, others, cuts, attested, removed, forgetful);
    }

    World attested(SiteName site) {
        var all = new TreeSet<>(attested);
        all.add(site);
        return new World(uniquePrefix, nodes, reserves, meta, streams, cuts, all, removed, forgetful);
    }

    World removed(ServerName server) {
        var all = new TreeSet<>(removed);
        all.add(server);
        return new World(uniquePrefix, nodes, reserves, meta, streams, cuts, attested, all, new TreeSet<>());
    }

    /** A removed name is admitted again: the leader tells all others. */
    World admitted(ServerName server) {
        var rest = new TreeSet<>(removed);
        rest.remove(server);
        return new World(uniquePrefix, nodes, reserves, meta, streams, cuts, attested, rest, forgetful);
    }

    /** The same world, in which the group remembers that these were removed, unless they are members. */
    World remembering(Collection<ServerName> names) {
        var all = new TreeSet<>(removed);
        names.stream().filter(n -> !meta.peers().contains(n)).forEach(all::add);
        return new World(uniquePrefix, nodes, reserves, meta, streams, cuts, attested, all, forgetful);
    }

    /** A member was restarted: it has forgotten what was removed. */
    World restarted(ServerName server) {
        var all = new TreeSet<>(forgetful);
        all.add(server);
        return new World(uniquePrefix, nodes, reserves, meta, streams, cuts, attested, removed, all);
    }
}
