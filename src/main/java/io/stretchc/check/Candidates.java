package io.stretchc.check;

import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Placement;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.Tag;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Servers on which a placement can put streams. A server that the schema found fault with counts as one that matches:
 * a slip is reported once, not once more for each stream.
 *
 * @param matching voters with all tags
 * @param prefix of the unique tag
 * @param unique whether the unique tag is in force; a placement tag with its prefix switches it off (all versions)
 */
record Candidates(List<ServerModel> matching, String prefix, boolean unique) {
    static Candidates of(ClusterModel cluster, @Nullable Placement placement) {
        List<String> tags = placement == null ? List.of() : placement.tags();
        boolean off = tags.stream()
                .anyMatch(t -> switchesUniqueOff(t, cluster.uniqueTag().prefix()));
        List<ServerModel> matching = cluster.voters().stream()
                .filter(s -> s.doubtful() || Tag.matches(s.tags(), tags))
                .toList();
        return new Candidates(matching, cluster.uniqueTag().prefix(), !off);
    }

    /** Whether a placement tag begins with the unique prefix, be it an excluding one: {@code !unique:us_1} (2.12). */
    static boolean switchesUniqueOff(String placementTag, String prefix) {
        String folded = Tag.fold(placementTag);
        return (folded.startsWith("!") ? folded.substring(1) : folded).startsWith(Tag.fold(prefix));
    }

    static List<String> uniqueValues(ServerModel server, String prefix) {
        String folded = Tag.fold(prefix);
        return server.tags().stream()
                .map(Tag::fold)
                .filter(t -> t.startsWith(folded))
                .distinct()
                .toList();
    }

    List<String> names() {
        return matching.stream().map(s -> s.name().text()).toList();
    }

    List<SiteName> sites() {
        var sites = new LinkedHashSet<SiteName>();
        matching.stream().map(ServerModel::site).filter(Objects::nonNull).forEach(sites::add);
        return List.copyOf(sites);
    }

    boolean hasDoubts() {
        return matching.stream().anyMatch(ServerModel::doubtful);
    }

    int distinctUnique() {
        return distinct(matching);
    }

    int distinctUniqueIn(SiteName site) {
        return distinct(matching.stream().filter(s -> site.equals(s.site())).toList());
    }

    private int distinct(Collection<ServerModel> servers) {
        if (!unique) {
            return servers.size();
        }
        var values = new HashSet<String>();
        int doubtful = 0;
        for (ServerModel s : servers) {
            if (s.doubtful()) {
                doubtful++;
            } else {
                uniqueValues(s, prefix).stream().findFirst().ifPresent(values::add);
            }
        }
        return values.size() + doubtful;
    }
}
