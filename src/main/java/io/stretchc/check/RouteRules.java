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
            if (topology.membersUnclear(cluster)) {
                continue;
            }
            firstLeader(cluster, found);
            int voters = cluster.voters().size();
            int addresses = gatewayAddresses(cluster);
            int expected = Math.max(2, cluster.routes().size() + addresses);
            int quorum = Quorum.of(expected);
            if (voters > 2 && 2 * quorum <= voters) {
                found.add(
                        Code.NW103,
                        cluster.path().child("routes"),
                        "With " + cluster.routes().size() + " seed routes"
                                + (addresses == 0 ? "" : " and " + addresses + " gateway addresses")
                                + " an empty server of " + Quote.of(cluster.name()) + " expects a meta group of "
                                + expected + " and lets " + quorum + " votes elect a leader, so two parts of the "
                                + voters + " servers could each do so at the first start.",
                        "Start the first " + Quorum.of(voters) + " servers one site at a time, or use more seeds: "
                                + safe(voters) + " routes are safe.");
            }
        }
    }

    /** Whether the votes of this cluster are too few for the group that an empty server of it expects. */
    private static void firstLeader(ClusterModel cluster, Diagnostics found) {
        int voters = cluster.voters().size();
        int addresses = gatewayAddresses(cluster);
        int expected = Math.max(2, cluster.routes().size() + addresses);
        // A server that has seen as many as it expects leaves those without JetStream out (2.9 to 2.15).
        boolean corrected =
                voters < cluster.servers().size() && cluster.servers().size() >= expected;
        int quorum = Quorum.of(corrected ? Math.max(2, voters) : expected);
        if (addresses > 0 && voters > 0 && quorum > voters) {
            found.add(
                    Code.NW108,
                    Path.ROOT.child("gateway"),
                    "With " + cluster.routes().size() + (cluster.routes().size() == 1 ? " route and " : " routes and ")
                            + addresses + (addresses == 1 ? " gateway address" : " gateway addresses")
                            + " an empty server of " + Quote.of(cluster.name()) + " needs " + quorum
                            + " votes for a first leader, and the cluster has "
                            + (voters == 1 ? "1 voter" : voters + " voters")
                            + ": JetStream does not work before servers of other clusters vote too.",
                    "Start the clusters together, connected by their gateways, before any stream is made.");
        }
    }

    private static int gatewayAddresses(ClusterModel cluster) {
        GatewaySpec gateway = cluster.gateway();
        return gateway == null
                ? 0
                : gateway.others(cluster.name()).stream()
                        .mapToInt(c -> c.hosts().size())
                        .sum();
    }

    /** The fewest routes whose majority is more than half of the voters. */
    private static int safe(int voters) {
        return voters % 2 == 0 ? voters : voters - 1;
    }
}
