package io.stretchc.snapshot;

import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who is there, held against who should be. Nothing may be done to a cluster before this is clear: a server called lost
 * must not answer, two clusters must not be taken for one, and two leaders mean a split.
 *
 * @param missing expected, and did not answer
 * @param strangers answered as members of the cluster, and are not expected; empty when nothing is expected
 * @param doubles names under which more than one process answers; each is a member of the same groups to the others
 * @param foreign names of clusters that answered and were not announced; empty for servers outside any
 * @param cutOff servers of this cluster that take connections and are not reached through it
 * @param claims all that name themselves leader of the meta group
 * @param versions of the members, oldest first, each once
 */
public record Census(
        String cluster,
        List<ServerName> missing,
        List<ServerName> strangers,
        List<ServerName> doubles,
        List<String> foreign,
        List<ServerName> cutOff,
        List<ServerName> claims,
        List<ServerVersion> versions) {
    /** The oldest version whose answers are understood. */
    public static final ServerVersion OLDEST = new ServerVersion(2, 9, 0);

    public Census {
        missing = List.copyOf(missing);
        strangers = List.copyOf(strangers);
        doubles = List.copyOf(doubles);
        foreign = List.copyOf(foreign);
        cutOff = List.copyOf(cutOff);
        claims = List.copyOf(claims);
        versions = List.copyOf(versions);
    }

    /**
     * Who a topology says should be there.
     *
     * @param cluster its name
     * @param servers those that run; reserves that are not started yet are no strangers when they are
     * @param reserves arbiters, stand-ins and replacements
     * @param others clusters that are linked to it by gateways or leaf nodes
     */
    public record Roll(String cluster, List<ServerName> servers, List<ServerName> reserves, List<String> others) {
        public Roll {
            servers = List.copyOf(servers);
            reserves = List.copyOf(reserves);
            others = List.copyOf(others);
        }
    }

    /**
     * Takes the census of a snapshot.
     *
     * @param roll none without a topology; then only clusters that do not know of each other are foreign
     */
    public static Census of(ClusterSnapshot snapshot, @Nullable Roll roll) {
        String cluster = roll == null ? snapshot.cluster() : roll.cluster();
        var names = new TreeSet<ServerName>();
        var doubles = new TreeSet<ServerName>();
        var foreign = new TreeSet<String>();
        var cutOff = new TreeSet<ServerName>();
        var versions = new TreeSet<ServerVersion>();
        for (ServerState server : snapshot.servers()) {
            if (!server.cluster().equals(cluster)) {
                if (server.greetedOnly() || (roll != null && !roll.others().contains(server.cluster()))) {
                    foreign.add(server.cluster());
                }
                continue;
            }
            if (!names.add(server.name())) {
                doubles.add(server.name());
            }
            if (server.greetedOnly()) {
                cutOff.add(server.name());
            }
            versions.add(server.version());
        }
        return new Census(
                cluster,
                roll == null
                        ? List.of()
                        : roll.servers().stream()
                                .filter(s -> !names.contains(s))
                                .sorted()
                                .toList(),
                roll == null ? List.of() : strangers(names, roll),
                new ArrayList<>(doubles),
                new ArrayList<>(foreign),
                new ArrayList<>(cutOff),
                snapshot.meta().now().claims(),
                new ArrayList<>(versions));
    }

    private static List<ServerName> strangers(TreeSet<ServerName> names, Roll roll) {
        return names.stream()
                .filter(n -> !roll.servers().contains(n) && !roll.reserves().contains(n))
                .toList();
    }

    /** Whether the addresses lead to more than one cluster, or to another one than the topology's. */
    public boolean twoClusters() {
        return !foreign.isEmpty();
    }

    /** Whether more than one server names itself leader of the meta group: a split, or an election caught in the act. */
    public boolean twoLeaders() {
        return claims.size() > 1;
    }

    /** Whether the members run different versions, so that what holds for the oldest is what can be relied on. */
    public boolean mixedVersions() {
        return versions.size() > 1;
    }

    /** The oldest version, if it is older than what is supported. */
    public @Nullable ServerVersion tooOld() {
        return versions.isEmpty() || versions.get(0).compareTo(OLDEST) >= 0 ? null : versions.get(0);
    }
}
