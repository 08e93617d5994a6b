package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.Tls;
import io.stretchc.topology.Topology;

/** What crosses between sites should be encrypted. */
final class TlsRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        Topology t = topology.source();
        Path tls = Path.ROOT.child("tls");
        if (t.sites().size() > 1 && t.tls().cluster() == null) {
            found.add(
                    Code.NW201,
                    t.tls().equals(Tls.NONE) ? Path.ROOT.child("sites") : tls.child("cluster"),
                    "Routes between the " + t.sites().size() + " sites are not encrypted.",
                    "Add `tls.cluster` with certificates that every server has.");
        }
        if (t.gateway() != null && t.tls().gateway() == null) {
            found.add(
                    Code.NW201,
                    Path.ROOT.child("gateway"),
                    gateways(t.gateway().clusters().size()) + " not encrypted.",
                    "Add `tls.gateway`.");
        }
        for (ClusterModel leaf : topology.leafClusters()) {
            for (int i = 0; i < leaf.remotes().size(); i++) {
                leaf(
                        leaf,
                        leaf.remotes().get(i).tls(),
                        t,
                        leaf.path().child("remotes").at(i),
                        found);
            }
        }
    }

    /** TLS on one end only is for {@link LeafRules}. */
    private static void leaf(ClusterModel leaf, boolean tls, Topology t, Path at, Diagnostics found) {
        if (!tls && t.tls().leaf() == null) {
            found.add(
                    Code.NW201,
                    at,
                    "The connection of leaf cluster " + Quote.of(leaf.name()) + " to the backbone is not encrypted.",
                    "Add `tls.leaf` to the topology and to the leaf cluster, and `tls: true` here.");
        } else if (tls && leaf.tls().leaf() == null) {
            found.add(
                    Code.NW201,
                    at,
                    "The leaf cluster " + Quote.of(leaf.name()) + " has no `tls.leaf`, so its connection shows no "
                            + "certificate and trusts the authorities of the machine.",
                    "Add `tls.leaf` to the leaf cluster.");
        }
    }

    private static String gateways(int count) {
        return count == 1 ? "The gateway to the other cluster is" : "Gateways to " + count + " other clusters are";
    }
}
