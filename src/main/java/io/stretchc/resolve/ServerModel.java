package io.stretchc.resolve;

import io.stretchc.diag.Path;
import io.stretchc.topology.Limits;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Setting;
import io.stretchc.topology.SiteName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server with every default filled in.
 *
 * @param site where it runs; none for servers of leaf clusters
 * @param advertise whether it announces its host to others instead of what it listens on
 * @param tags in the order of the configuration, as written
 * @param votes whether it takes part in JetStream, and so in the meta group
 * @param path where it stands in the topology
 * @param doubtful whether the schema found fault with it, so that what it says cannot be counted on
 */
public record ServerModel(
        ServerName name,
        Role role,
        @Nullable SiteName site,
        String host,
        String listen,
        boolean advertise,
        Listeners ports,
        String storeDir,
        @Nullable String httpBasePath,
        Limits limits,
        boolean votes,
        @Nullable String syncInterval,
        List<String> tags,
        Setting.Block extra,
        Path path,
        boolean doubtful) {
    public ServerModel {
        tags = List.copyOf(tags);
    }

    /** Where other servers reach it. */
    public HostPort route() {
        return new HostPort(host, ports.cluster());
    }

    /** The same server in another role. */
    ServerModel as(Role other) {
        return new ServerModel(
                name,
                other,
                site,
                host,
                listen,
                advertise,
                ports,
                storeDir,
                httpBasePath,
                limits,
                votes,
                syncInterval,
                tags,
                extra,
                path,
                doubtful);
    }

    /** Path of its configuration below the directory of the cluster. */
    public String file() {
        return role.directory() + "/" + name + ".conf";
    }
}
