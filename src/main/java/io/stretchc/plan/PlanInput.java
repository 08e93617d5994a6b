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
 * @param unused backups that were found and cannot be used, a sentence each
 */
public record PlanInput(
        ResolvedTopology topology,
        Plan.Source source,
        ClusterSnapshot snapshot,
        String fingerprint,
        @Nullable Technique technique,
        List<Backup.Kept> backups,
        List<String> unused) {
    public PlanInput {
        backups = List.copyOf(backups);
        unused = List.copyOf(unused);
    }

    /** With backups of which each can be used. */
    public PlanInput(
            ResolvedTopology topology,
            Plan.Source source,
            ClusterSnapshot snapshot,
            String fingerprint,
            @Nullable Technique technique,
            List<Backup.Kept> backups) {
        this(topology, source, snapshot, fingerprint, technique, backups, List.of());
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
