package io.stretchc.topology;

import org.jspecify.annotations.Nullable;

/** Resource limits of a server; the server's own defaults hold for those not given. */
public record Limits(
        @Nullable Bytes maxMemoryStore,
        @Nullable Bytes maxFileStore,
        @Nullable Integer maxConnections,
        @Nullable Bytes maxPayload,
        @Nullable Bytes maxPending) {
    /** No limit given. */
    public static final Limits NONE = new Limits(null, null, null, null, null);

    /** These limits, and for those not given the ones of the enclosing level. */
    public Limits over(Limits base) {
        return new Limits(
                ServerSettings.first(maxMemoryStore, base.maxMemoryStore),
                ServerSettings.first(maxFileStore, base.maxFileStore),
                ServerSettings.first(maxConnections, base.maxConnections),
                ServerSettings.first(maxPayload, base.maxPayload),
                ServerSettings.first(maxPending, base.maxPending));
    }
}
