package io.stretchc.plan;

import io.stretchc.quorum.Technique;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.ClusterSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is made from.
 *
 * @param source where the topology is from
 * @param fingerprint of the snapshot
 * @param technique asked for; none to choose the best that the version allows
 * @param backups of streams, one of each at most
 */
public record PlanInput(
        ResolvedTopology topology,
        Plan.Source source,
        ClusterSnapshot snapshot,
        String fingerprint,
        @Nullable Technique technique,
        List<Backup.Kept> backups) {
    public PlanInput {
        backups = List.copyOf(backups);
    }

    /** Without backups. */
    public PlanInput(
            ResolvedTopology topology,
            Plan.Source source,
            ClusterSnapshot snapshot,
            String fingerprint,
            @Nullable Technique technique) {
        this(topology, source, snapshot, fingerprint, technique, List.of());
    }
}
