package io.stretchc.resolve;

import io.stretchc.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/** A topology with every default filled in. */
public record ResolvedTopology(Topology source, ClusterModel backbone, List<ClusterModel> leafClusters) {
    public ResolvedTopology {
        leafClusters = List.copyOf(leafClusters);
    }

    /** The backbone, then the leaf clusters. */
    public List<ClusterModel> clusters() {
        var all = new ArrayList<ClusterModel>();
        all.add(backbone);
        all.addAll(leafClusters);
        return all;
    }
}
