package io.stretchc.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where streams may live: every tag must match.
 *
 * @param fallbacks placements to fall back to, in this order
 */
public record Placement(
        PlacementName name, List<String> tags, @Nullable SiteName preferredSite, List<PlacementName> fallbacks) {
    public Placement {
        tags = List.copyOf(tags);
        fallbacks = List.copyOf(fallbacks);
    }
}
