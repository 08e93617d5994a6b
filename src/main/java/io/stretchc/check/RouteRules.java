package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.quorum.Quorum;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.GatewaySpec;

/**
 * Routes decide more than who connects to whom: an empty server takes their number, its own included, together with
 * that of the gateway addresses and at least two, for the size of the meta group it expects (nats-server 2.9 to 2.15).
 * With too few, two parts of a new cluster could each elect a leader; with many gateways none is elected before other
 * clusters vote.
 */
final class RouteRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        for (ClusterModel cluster : topology.clusters()) {
            if (!topology.membersUnclear(cluster)) {
                int addresses = gatewayAddresses(cluster);
                int expected = Math.max(2, cluster.routes().size() + addresses);
                twoLeaders(cluster, addresses, expected, found);
                noLeader(cluster, addresses, expected, found);
            }
        }
    }

    private static void twoLeaders(ClusterModel cluster, int addresses, int expected, Diagnostics found) {
        int voters = cluster.voters().size();
        int needed = votes(cluster, expected);
        if (voters > 2 && 2 * needed <= voters) {
            found.add(
                    Code.NW103,
                    cluster.path().child("routes"),
                    "With " + cluster.routes().size() + " seed routes"
                            + (addresses == 0 ? "" : " and " + addresses + " gateway addresses")
                            + " an empty server of " + Quote.of(cluster.name()) + " expects a meta group of "
                            + expected + " and lets " + needed + " votes elect a leader, so two parts of the "
                            + voters + " servers could each do so at the first start.",
                    "Start the first " + Quorum.of(voters) + " servers one site at a time, or use more seeds: "
                            + safe(cluster, voters) + " routes are safe.");
        }
    }

    /** Whether the votes of this cluster are too few for the group that an empty server of it expects. */
    private static void noLeader(ClusterModel cluster, int addresses, int expected, Diagnostics found) {
        int voters = cluster.voters().size();
        int routes = cluster.routes().size();
        // A server that has seen as many as it expects leaves those without JetStream out (2.9 to 2.15).
        boolean corrected =
                voters < cluster.servers().size() && cluster.servers().size() >= expected;
        int needed = votes(cluster, corrected ? Math.max(2, voters) : expected);
        if (addresses > 0 && voters > 0 && needed > voters) {
            found.add(
                    Code.NW108,
                    Path.ROOT.child("gateway"),
                    "With " + routes + (routes == 1 ? " route and " : " routes and ") + addresses
                            + (addresses == 1 ? " gateway address" : " gateway addresses") + " an empty server of "
                            + Quote.of(cluster.name()) + " waits for " + needed
                            + " votes to elect a first leader, and the cluster has "
                            + (voters == 1 ? "1 voter" : voters + " voters")
                            + ": JetStream does not work before servers of other clusters vote too.",
                    "Start the clusters together, connected by their gateways, before any stream is made.");
        }
    }

    /**
     * Votes for a first leader. Up to 2.11 more than half are enough; from 2.12.0 on the vote of an empty server counts
     * only when every one of the expected members has voted.
     */
    private static int votes(ClusterModel cluster, int expected) {
        return all(cluster) ? expected : Quorum.of(expected);
    }

    private static boolean all(ClusterModel cluster) {
        return cluster.version() != null && cluster.version().atLeast(2, 12, 0);
    }

    private static int gatewayAddresses(ClusterModel cluster) {
        GatewaySpec gateway = cluster.gateway();
        return gateway == null
                ? 0
                : gateway.others(cluster.name()).stream()
                        .mapToInt(c -> c.hosts().size())
                        .sum();
    }

    /** The fewest routes with which the votes for a first leader are more than half of the voters. */
    private static int safe(ClusterModel cluster, int voters) {
        if (all(cluster)) {
            return Quorum.of(voters);
        }
        return voters % 2 == 0 ? voters : voters - 1;
    }
}
