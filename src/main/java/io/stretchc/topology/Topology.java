package io.stretchc.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reviewed file: the cluster, its sites and servers, who may connect, what lives where. As its author wrote it;
 * {@code resolve} fills in the defaults.
 *
 * @param leafAccount account that leaf nodes without credentials become members of
 * @param accepted codes of warnings and hints that the author accepts
 */
public record Topology(
        ClusterSpec cluster,
        ServerSettings defaults,
        List<Site> sites,
        List<Placement> placements,
        Access access,
        @Nullable AccountName leafAccount,
        List<StreamSpec> streams,
        List<LeafCluster> leafClusters,
        @Nullable GatewaySpec gateway,
        Tls tls,
        Lifecycle lifecycle,
        List<String> accepted) {
    public Topology {
        sites = List.copyOf(sites);
        placements = List.copyOf(placements);
        streams = List.copyOf(streams);
        leafClusters = List.copyOf(leafClusters);
        accepted = List.copyOf(accepted);
    }

    /** The same topology on another nats-server version. */
    public Topology on(ServerVersion version) {
        var other = new ClusterSpec(
                cluster.name(), cluster.domain(), version, cluster.uniqueTag(), cluster.routes(), cluster.recovery());
        return new Topology(
                other,
                defaults,
                sites,
                placements,
                access,
                leafAccount,
                streams,
                leafClusters,
                gateway,
                tls,
                lifecycle,
                accepted);
    }
}
