package io.stretchc.simulate;

import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where nats-server puts replicas: members of the meta group that answer, have every tag, and differ in the unique tag.
 * A SIGKILLed server stays a candidate for 150 s and more (2.10.27, 2.15.1); plans wait for what they placed, so that here
 * only those that run are.
 */
final class Placing {
    private Placing() {}

    /**
     * Chooses servers.
     *
     * @param members of the stream that stay if they match
     * @return as many as wanted, or fewer if there are no more
     */
    static List<ServerName> choose(World world, Collection<ServerName> members, List<String> tags, int wanted) {
        var chosen = new ArrayList<ServerName>();
        var unique = new TreeSet<String>();
        var order = new TreeMap<Integer, List<ServerName>>();
        for (ServerName name : world.here()) {
            order.computeIfAbsent(members.contains(name) ? 0 : 1, k -> new ArrayList<>())
                    .add(name);
        }
        for (List<ServerName> candidates : order.values()) {
            for (ServerName name : candidates) {
                Node node = world.nodes().get(name);
                if (chosen.size() < wanted
                        && node != null
                        && world.meta().peers().contains(name)
                        && node.tags().containsAll(tags)
                        && differs(world, node, unique)) {
                    chosen.add(name);
                }
            }
        }
        return chosen;
    }

    /** One more server for a stream, besides those that stay and instead of the one that leaves it. */
    static Optional<ServerName> another(
            World world, Collection<ServerName> stay, ServerName leaves, List<String> tags) {
        var unique = new TreeSet<String>();
        for (ServerName name : stay) {
            Node node = world.nodes().get(name);
            if (node != null) {
                differs(world, node, unique);
            }
        }
        for (ServerName name : world.here()) {
            Node node = world.nodes().get(name);
            if (node != null
                    && !name.equals(leaves)
                    && !stay.contains(name)
                    && world.meta().peers().contains(name)
                    && node.tags().containsAll(tags)
                    && differs(world, node, unique)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static boolean differs(World world, Node node, Set<String> seen) {
        if (world.uniquePrefix().isEmpty()) {
            return true;
        }
        @Nullable
        String own = node.tags().stream()
                .filter(t -> t.startsWith(world.uniquePrefix()))
                .findFirst()
                .orElse(null);
        return own != null && seen.add(own);
    }
}
