package io.stretchc.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cluster of its own that connects to the backbone as leaf nodes. */
public record LeafCluster(
        String name,
        String domain,
        UniqueTag uniqueTag,
        RouteSeeds routes,
        ServerSettings defaults,
        List<ServerSpec> servers,
        Access access,
        Tls tls,
        List<Remote> remotes) {
    public LeafCluster {
        servers = List.copyOf(servers);
        remotes = List.copyOf(remotes);
    }

    /**
     * A connection to the backbone.
     *
     * @param account account of the leaf cluster that is bound
     * @param sites sites of the backbone; all when empty
     * @param tls whether the leaf cluster's {@code tls.leaf} is used
     */
    public record Remote(
            AccountName account,
            List<SiteName> sites,
            @Nullable String nkeyFile,
            @Nullable String credsFile,
            boolean tls) {
        public Remote {
            sites = List.copyOf(sites);
        }
    }
}
