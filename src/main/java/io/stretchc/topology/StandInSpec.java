package io.stretchc.topology;

import org.jspecify.annotations.Nullable;

/** An empty server with the name of another, kept ready in a site other than that one's. */
public record StandInSpec(
        ServerName standsInFor,
        @Nullable String dc,
        @Nullable String region,
        @Nullable String unique,
        ServerSettings settings) {}
