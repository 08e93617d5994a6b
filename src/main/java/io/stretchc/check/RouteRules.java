package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Quote;
import io.stretchc.quorum.Quorum;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.GatewaySpec;

/**
 * Routes decide more than who connects to whom: an empty server takes their number, together with that of the gateway
 * addresses and at least two, for the size of the meta group it expects (nats-server 2.9 to 2.15). With too few, two
 * parts of a new cluster could each elect a leader.
 */
final class RouteRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        for (ClusterModel cluster : topology.clusters()) {
            int voters = cluster.voters().size();
            int addresses = gatewayAddresses(cluster);
            int expected = Math.max(2, cluster.routes().size() + addresses);
            int quorum = Quorum.of(expected);
            if (!topology.membersUnclear(cluster) && voters > 2 && 2 * quorum <= voters) {
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

    private static int gatewayAddresses(ClusterModel cluster) {
        GatewaySpec gateway = cluster.gateway();
        return gateway == null
                ? 0
                : gateway.clusters().stream()
                        .filter(c -> !c.name().equals(cluster.name()))
                        .mapToInt(c -> c.hosts().size())
                        .sum();
    }

    /** The fewest routes whose majority is more than half of the voters. */
    private static int safe(int voters) {
        return voters % 2 == 0 ? voters : voters - 1;
    }
}
