package io.stretchc.cli;

import io.stretchc.nats.LoginFault;
import io.stretchc.observe.QueryFault;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.ClusterSnapshot;
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

    ClusterSnapshot look() throws QueryFault, LoginFault {
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
