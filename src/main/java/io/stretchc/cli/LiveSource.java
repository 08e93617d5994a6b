package io.stretchc.cli;

import io.stretchc.nats.LoginFault;
import io.stretchc.observe.QueryFault;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.ServerState;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a live cluster again and again over connections that stay open. After a fault the next look connects anew,
 * since the servers that the connection was at may be gone for good.
 */
final class LiveSource implements AutoCloseable {
    private final ConnectionOptions connection;
    private final Console console;
    private final ResolvedTopology topology;
    private @Nullable LiveCluster live;

    LiveSource(ConnectionOptions connection, Console console, ResolvedTopology topology) {
        this.connection = connection;
        this.console = console;
        this.topology = topology;
    }

    /**
     * Looks. Who greets was noted when the connections were made; what died since would look as if it were cut off from
     * the cluster, so that this is only said of new connections.
     */
    ClusterSnapshot look() throws QueryFault, LoginFault {
        boolean fresh = live == null;
        ClusterSnapshot seen = observe();
        if (!fresh && seen.servers().stream().anyMatch(ServerState::greetedOnly)) {
            close();
            return observe();
        }
        return seen;
    }

    private ClusterSnapshot observe() throws QueryFault, LoginFault {
        try {
            LiveCluster at = live;
            if (at == null) {
                at = LiveCluster.connect(connection.logins(console, topology));
                live = at;
            }
            return at.observe(LiveCluster.expected(topology.backbone()));
        } catch (QueryFault e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (live != null) {
            live.close();
            live = null;
        }
    }
}
