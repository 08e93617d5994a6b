package io.stretchc.topology;

import org.jspecify.annotations.Nullable;

/** TCP ports of a server; those not given are not opened, except client and cluster. */
public record Ports(
        @Nullable Integer client,
        @Nullable Integer cluster,
        @Nullable Integer monitor,
        @Nullable Integer leaf,
        @Nullable Integer gateway,
        @Nullable Integer websocket) {
    /** No port given. */
    public static final Ports NONE = new Ports(null, null, null, null, null, null);

    /** These ports, and for those not given the ones of the enclosing level. */
    public Ports over(Ports base) {
        return new Ports(
                ServerSettings.first(client, base.client),
                ServerSettings.first(cluster, base.cluster),
                ServerSettings.first(monitor, base.monitor),
                ServerSettings.first(leaf, base.leaf),
                ServerSettings.first(gateway, base.gateway),
                ServerSettings.first(websocket, base.websocket));
    }
}
