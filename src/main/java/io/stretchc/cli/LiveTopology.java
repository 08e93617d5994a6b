package io.stretchc.cli;

import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ClusterSnapshot;
import org.jspecify.annotations.Nullable;

/** A topology that a live cluster, or a snapshot of one, is held against. */
record LiveTopology(ResolvedTopology topology) {
    /** Reads it; none when it has faults, which are printed. */
    static @Nullable LiveTopology load(String file, Console console) {
        var loaded = new TopologyLoader(console.engines().schema(), null).load(SourceText.read(file, console.in()));
        ResolvedTopology topology = loaded.topology();
        if (loaded.failed() || topology == null) {
            console.err()
                    .print(new Reporter(false)
                            .render(
                                    java.util.List.of(loaded),
                                    Reporter.Format.text,
                                    console.colour().err()));
            return null;
        }
        return new LiveTopology(topology);
    }

    /** Who is there, held against it. */
    Census census(ClusterSnapshot snapshot) {
        return Census.of(snapshot, LiveCluster.roll(topology.backbone(), topology.leafClusters()));
    }
}
