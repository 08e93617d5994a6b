package io.stretchc.cli;

import io.stretchc.lab.LabServer;
import io.stretchc.lab.LabState;
import io.stretchc.nats.LoginFault;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.status.Generations;
import io.stretchc.topology.ServerVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A topology that a live cluster, or a snapshot of one, is held against.
 *
 * @param topology on the release that runs
 * @param written as the file has it
 * @param lab what runs it, if that is a lab of this machine
 */
record LiveTopology(ResolvedTopology topology, ResolvedTopology written, Optional<LabState> lab) {
    /** Reads it, to hold a snapshot against it; none when it has faults, which are printed. */
    static @Nullable LiveTopology load(String file, Console console) {
        ResolvedTopology topology = TopologyLoader.read(console, file, null);
        return topology == null ? null : new LiveTopology(topology, topology, Optional.empty());
    }

    /**
     * Reads it, to hold against it what a connection leads to. In a lab the topology is on the release that the lab runs.
     *
     * @return none when it has faults, which are printed
     */
    static @Nullable LiveTopology load(String file, Console console, ConnectionOptions connection) throws LoginFault {
        ResolvedTopology topology = TopologyLoader.read(console, file, null);
        if (topology == null) {
            return null;
        }
        Optional<LabState> lab = connection.lab(console, topology);
        Optional<ServerVersion> oldest =
                lab.flatMap(l -> l.servers().stream().map(LabServer::version).min(ServerVersion::compareTo));
        if (oldest.isEmpty() || oldest.get().equals(topology.backbone().version())) {
            return new LiveTopology(topology, topology, lab);
        }
        ResolvedTopology there = TopologyLoader.read(console, file, oldest.get());
        return there == null ? null : new LiveTopology(there, topology, lab);
    }

    /** The same where sites run under other names by now. */
    LiveTopology adopting(ClusterSnapshot seen) {
        return new LiveTopology(Generations.of(topology, seen).topology(), written, lab);
    }

    /** Who is there, held against it. */
    Census census(ClusterSnapshot snapshot) {
        return Census.of(snapshot, LiveCluster.roll(topology.backbone(), topology.leafClusters()));
    }
}
