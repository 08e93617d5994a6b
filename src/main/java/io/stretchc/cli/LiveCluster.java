package io.stretchc.cli;

import io.stretchc.nats.JnatsQuery;
import io.stretchc.nats.Login;
import io.stretchc.nats.Logins;
import io.stretchc.observe.ClusterQuery;
import io.stretchc.observe.Expected;
import io.stretchc.observe.Observer;
import io.stretchc.observe.Patience;
import io.stretchc.observe.QueryFault;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Gap;
import io.stretchc.topology.GatewaySpec;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a cluster that stay open, so that it can be looked at again and again. An account that lets nobody in
 * is a gap in every look, not a fault.
 */
final class LiveCluster implements AutoCloseable {
    private final JnatsQuery system;
    private final TreeMap<String, ClusterQuery> accounts = new TreeMap<>();
    private final List<Gap> closed = new ArrayList<>();

    private LiveCluster(JnatsQuery system) {
        this.system = system;
    }

    static LiveCluster connect(Logins logins) throws QueryFault {
        var live = new LiveCluster(JnatsQuery.system(logins));
        for (Map.Entry<String, Login> account : logins.accounts().entrySet()) {
            try {
                live.accounts.put(account.getKey(), JnatsQuery.connect(account.getValue()));
            } catch (QueryFault e) {
                live.closed.add(new Gap("account " + account.getKey(), String.valueOf(e.getMessage())));
            }
        }
        return live;
    }

    /** Looks at the cluster once. */
    ClusterSnapshot observe(Expected expected) throws QueryFault {
        return observe(expected, Patience.USUAL);
    }

    /** Looks at the cluster once, waiting as long as is said. */
    ClusterSnapshot observe(Expected expected, Patience patience) throws QueryFault {
        ClusterSnapshot seen = new Observer(system, accounts, patience, InstantSource.system()).observe(expected);
        var gaps = new ArrayList<>(seen.gaps());
        gaps.addAll(closed);
        return new ClusterSnapshot(seen.cluster(), seen.domain(), seen.servers(), seen.meta(), seen.streams(), gaps);
    }

    /** The connection to an account, if it lets one in. */
    java.util.Optional<ClusterQuery> account(String name) {
        return java.util.Optional.ofNullable(accounts.get(name));
    }

    /** What a cluster of a topology should show. */
    static Expected expected(@Nullable ClusterModel cluster) {
        if (cluster == null) {
            return Expected.NOTHING;
        }
        var sites = new TreeMap<ServerName, SiteName>();
        for (ServerModel server : cluster.servers()) {
            sites.put(server.name(), server.site() == null ? new SiteName(cluster.name()) : server.site());
        }
        return new Expected(cluster.lone() ? null : cluster.name(), sites);
    }

    /** Who should be there by a topology. */
    static Census.@Nullable Roll roll(@Nullable ClusterModel cluster, List<ClusterModel> leafs) {
        if (cluster == null || cluster.lone()) {
            return null;
        }
        var others = new ArrayList<String>();
        leafs.forEach(l -> others.add(l.lone() ? "" : l.name()));
        GatewaySpec gateway = cluster.gateway();
        if (gateway != null) {
            gateway.clusters().forEach(c -> others.add(c.name()));
        }
        return new Census.Roll(
                cluster.name(),
                cluster.servers().stream().map(ServerModel::name).toList(),
                cluster.reserves().stream().map(ServerModel::name).toList(),
                others);
    }

    @Override
    public void close() {
        accounts.values().forEach(ClusterQuery::close);
        system.close();
    }
}
