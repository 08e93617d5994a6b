package io.stretchc.status;

import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.Placement;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.StreamSpec;
import io.stretchc.topology.Tag;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The streams that a topology declares, and where each may live. */
public final class Declared {
    private final SortedMap<String, StreamSpec> streams = new TreeMap<>();
    private final SortedMap<String, Placement> placements = new TreeMap<>();

    public Declared(ResolvedTopology topology) {
        topology.source()
                .streams()
                .forEach(s -> streams.put(key(s.account().text(), s.name().text()), s));
        topology.source().placements().forEach(p -> placements.put(p.name().text(), p));
    }

    /** By account, then name; neither can hold a blank. */
    private static String key(String account, String stream) {
        return account + " " + stream;
    }

    /** All of them, by account and name. */
    public List<StreamSpec> all() {
        return List.copyOf(streams.values());
    }

    /** What is declared for a stream that exists. */
    public Optional<StreamSpec> of(StreamState stream) {
        return Optional.ofNullable(streams.get(key(stream.account(), stream.name())));
    }

    /** Tags that the servers of a declared stream must have, in the form that is compared. */
    public List<String> tags(StreamSpec stream) {
        return placement(stream).map(p -> folded(p.tags())).orElse(List.of());
    }

    /** The site that its leader belongs in when all is well. */
    public Optional<SiteName> home(StreamSpec stream) {
        return placement(stream).map(Placement::preferredSite);
    }

    /** The fallback of its placement that has these tags, if one has. */
    Optional<Placement> fallback(StreamSpec stream, List<String> tags) {
        return placement(stream).stream()
                .flatMap(p -> p.fallbacks().stream())
                .flatMap(n -> Optional.ofNullable(placements.get(n.text())).stream())
                .filter(p -> folded(p.tags()).equals(folded(tags)))
                .findFirst();
    }

    private Optional<Placement> placement(StreamSpec stream) {
        return Optional.ofNullable(stream.placement()).map(p -> placements.get(p.text()));
    }

    /** Tags sorted and in lower case, as nats-server compares them. */
    public static List<String> folded(List<String> tags) {
        return tags.stream().map(Tag::fold).sorted().distinct().toList();
    }
}
