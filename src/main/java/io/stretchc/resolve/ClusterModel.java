package io.stretchc.resolve;

import io.stretchc.diag.Path;
import io.stretchc.topology.Access;
import io.stretchc.topology.AccountName;
import io.stretchc.topology.GatewaySpec;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.Tls;
import io.stretchc.topology.UniqueTag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One cluster, the backbone or a leaf cluster, ready to be checked and compiled.
 *
 * @param directory where its files go, below the output directory
 * @param routes what every configuration lists as routes
 * @param path where the cluster stands in the topology
 */
public record ClusterModel(
        String name,
        @Nullable String domain,
        @Nullable ServerVersion version,
        UniqueTag uniqueTag,
        String directory,
        List<ServerModel> servers,
        List<ServerModel> reserves,
        List<HostPort> routes,
        Access access,
        @Nullable AccountName leafAccount,
        @Nullable GatewaySpec gateway,
        Tls tls,
        List<LeafRemote> remotes,
        Path path) {
    public ClusterModel {
        servers = List.copyOf(servers);
        reserves = List.copyOf(reserves);
        routes = List.copyOf(routes);
        remotes = List.copyOf(remotes);
    }

    /** Servers and reserves: everything that gets a configuration. */
    public Stream<ServerModel> all() {
        return Stream.concat(servers.stream(), reserves.stream());
    }

    /** Members of the meta group. */
    public List<ServerModel> voters() {
        return servers.stream().filter(ServerModel::votes).toList();
    }

    /**
     * Whether it is one server that nothing else joins. A clustered nats-server expects a meta group of two at least and
     * alone never elects a leader (2.9 to 2.15), so that such a server is configured outside any cluster.
     */
    public boolean lone() {
        return servers.size() == 1 && reserves.isEmpty() && gateway == null;
    }

    /** Reserves of one kind. */
    public List<ServerModel> reserves(Role role) {
        return reserves.stream().filter(r -> r.role() == role).toList();
    }

    /** The same cluster with other reserves. */
    public ClusterModel withReserves(List<ServerModel> others) {
        return new ClusterModel(
                name,
                domain,
                version,
                uniqueTag,
                directory,
                servers,
                others,
                routes,
                access,
                leafAccount,
                gateway,
                tls,
                remotes,
                path);
    }

    /**
     * The same cluster in which a site runs under other names: its replacements are its servers now.
     *
     * @param generation the site's replacements that run
     */
    public ClusterModel replaced(SiteName site, List<ServerModel> generation) {
        var now = new ArrayList<ServerModel>();
        servers.stream().filter(s -> !site.equals(s.site())).forEach(now::add);
        generation.forEach(r -> now.add(r.as(Role.SERVER)));
        return new ClusterModel(
                name,
                domain,
                version,
                uniqueTag,
                directory,
                now,
                reserves.stream().filter(r -> !generation.contains(r)).toList(),
                routes,
                access,
                leafAccount,
                gateway,
                tls,
                remotes,
                path);
    }

    /**
     * A connection to the backbone.
     *
     * @param addresses leaf listeners of the backbone
     */
    public record LeafRemote(
            AccountName account,
            List<HostPort> addresses,
            @Nullable String nkeyFile,
            @Nullable String credsFile,
            boolean tls) {
        public LeafRemote {
            addresses = List.copyOf(addresses);
        }
    }
}
