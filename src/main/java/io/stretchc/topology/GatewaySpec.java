package io.stretchc.topology;

import java.util.List;

/** Gateways to the other clusters of a super-cluster. */
public record GatewaySpec(boolean rejectUnknownCluster, List<Remote> clusters) {
    public GatewaySpec {
        clusters = List.copyOf(clusters);
    }

    /** The clusters other than this one; nats-server skips its own where it is listed (2.9 to 2.15). */
    public List<Remote> others(String own) {
        return clusters.stream().filter(c -> !c.name().equals(own)).toList();
    }

    /** Another cluster, with its gateway addresses as {@code host:port}. */
    public record Remote(String name, List<String> hosts) {
        public Remote {
            hosts = List.copyOf(hosts);
        }
    }
}
