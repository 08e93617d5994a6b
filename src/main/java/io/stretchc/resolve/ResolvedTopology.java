package io.stretchc.resolve;

import io.stretchc.diag.Path;
import io.stretchc.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * A topology with every default filled in.
 *
 * @param doubts about which parts the schema had something to say
 */
public record ResolvedTopology(Topology source, ClusterModel backbone, List<ClusterModel> leafClusters, Doubts doubts) {
    public ResolvedTopology {
        leafClusters = List.copyOf(leafClusters);
    }

    /** Whether it cannot be said which servers a cluster has, since the schema refused where they stand. */
    public boolean membersUnclear(ClusterModel cluster) {
        return cluster.path().equals(backbone.path())
                ? source.sites().isEmpty() || doubts.aboutEntries(Path.ROOT.child("sites"))
                : doubts.aboutKeys(cluster.path());
    }

    /** The backbone, then the leaf clusters. */
    public List<ClusterModel> clusters() {
        var all = new ArrayList<ClusterModel>();
        all.add(backbone);
        all.addAll(leafClusters);
        return all;
    }
}
