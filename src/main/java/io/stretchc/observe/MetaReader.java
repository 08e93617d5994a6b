package io.stretchc.observe;

import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.MetaGroup;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts the meta group together. Its servers are those of one JetStream domain: gateways make one group of several
 * clusters, leaf nodes with a domain of their own have another group.
 */
final class MetaReader {
    private MetaReader() {}

    static MetaGroup group(List<JetStreamReader.Seen> seen, @Nullable String domain) {
        List<JetStreamReader.Seen> ours = seen.stream()
                .filter(s -> s.meta() != null && Objects.equals(s.server().domain(), domain))
                .toList();
        var claims = new TreeSet<ServerName>();
        ours.stream()
                .filter(MetaReader::leads)
                .forEach(s -> claims.add(s.server().name()));
        ServerName leader = claims.size() == 1 ? claims.first() : null;
        var now = new MetaGroup.Now(leader, new ArrayList<>(claims));
        if (leader != null) {
            JetStreamReader.Seen told =
                    ours.stream().filter(MetaReader::leads).findFirst().orElseThrow();
            return new MetaGroup(members(told), size(told), now);
        }
        int size = ours.stream().mapToInt(MetaReader::size).max().orElse(0);
        List<Member> widest = ours.stream()
                .sorted(Comparator.comparing(s -> s.server().name()))
                .filter(s -> s.jetstream() != null
                        && !s.jetstream().meta().path("replicas").isEmpty())
                .map(MetaReader::members)
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
        return new MetaGroup(widest, size, now);
    }

    private static boolean leads(JetStreamReader.Seen seen) {
        return seen.meta() != null && seen.server().name().equals(seen.meta().leader());
    }

    private static int size(JetStreamReader.Seen seen) {
        return seen.meta() == null ? 0 : seen.meta().clusterSize();
    }

    private static List<Member> members(JetStreamReader.Seen seen) {
        return seen.jetstream() == null
                ? List.of()
                : GroupReader.members(seen.jetstream().meta(), seen.server().name(), size(seen));
    }
}
