package io.stretchc.topology;

import org.jspecify.annotations.Nullable;

/** What holds for the cluster as a whole. */
public record ClusterSpec(
        String name,
        @Nullable String domain,
        @Nullable ServerVersion version,
        UniqueTag uniqueTag,
        RouteSeeds routes,
        Recovery recovery) {}
