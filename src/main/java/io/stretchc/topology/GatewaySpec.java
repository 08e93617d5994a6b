package io.stretchc.topology;

import java.util.List;

/** Gateways to the other clusters of a super-cluster. */
public record GatewaySpec(boolean rejectUnknownCluster, List<Remote> clusters) {
    public GatewaySpec {
        clusters = List.copyOf(clusters);
    }

    /** Another cluster, with its gateway addresses as {@code host:port}. */
    public record Remote(String name, List<String> hosts) {
        public Remote {
            hosts = List.copyOf(hosts);
        }
    }
}
