package io.stretchc.plan;

import io.stretchc.quorum.Technique;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.ClusterSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is made from.
 *
 * @param hash of the topology
 * @param fingerprint of the snapshot
 * @param technique asked for; none to choose the best that the version allows
 */
public record PlanInput(
        ResolvedTopology topology,
        String hash,
        ClusterSnapshot snapshot,
        String fingerprint,
        @Nullable Technique technique) {}
