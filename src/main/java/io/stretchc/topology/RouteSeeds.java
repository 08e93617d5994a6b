package io.stretchc.topology;

import org.jspecify.annotations.Nullable;

/**
 * Which servers every configuration lists as routes.
 *
 * @param perSite how many of each site; all when null
 */
public record RouteSeeds(@Nullable Integer perSite) {}
