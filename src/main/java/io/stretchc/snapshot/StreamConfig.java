package io.stretchc.snapshot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream's configuration as the server has it.
 *
 * @param placementCluster cluster that its placement names
 * @param json all of it, canonical (keys sorted, no blanks), so that an update can repeat what it does not change
 */
public record StreamConfig(
        int replicas,
        @Nullable String placementCluster,
        List<String> placementTags,
        List<String> subjects,
        String storage,
        String retention,
        String json) {
    public StreamConfig {
        placementTags = List.copyOf(placementTags);
        subjects = List.copyOf(subjects);
    }
}
