package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Diagnostics.Link;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.Access;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.Topology;
import java.util.List;

/**
 * Who gets in by a leaf port, and whether the leaf clusters do. Up to 2.11 nats-server takes in a leaf node that shows
 * no credentials; from 2.12.0 on it refuses one as soon as there are users, unless {@code no_auth_user} names one.
 */
final class LeafRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        Topology t = topology.source();
        ServerVersion version = topology.backbone().version();
        boolean listens =
                topology.backbone().servers().stream().anyMatch(s -> s.ports().leaf() != null);
        boolean refuses = refuses(t.access(), version);
        if (listens && t.leafAccount() != null && !refuses && t.access().operatorInclude() == null) {
            found.add(
                    Code.AC106,
                    Path.ROOT.child("leaf_listener").child("account"),
                    "Anybody who reaches a leaf port becomes a member of account " + Quote.of(t.leafAccount()) + ".",
                    "Give the leaf clusters' remotes an `nkey_file` and remove `leaf_listener.account`.");
        }
        domain(topology, found);
        for (ClusterModel leaf : topology.leafClusters()) {
            for (int i = 0; i < leaf.remotes().size(); i++) {
                Path at = leaf.path().child("remotes").at(i);
                credentials(leaf, leaf.remotes().get(i), t.access(), version, at, found);
                tls(leaf, leaf.remotes().get(i), t.tls().leaf() != null, at, found);
            }
        }
    }

    /**
     * No leaf connection lets {@code $JS.API} through, whether the leaf cluster has JetStream or not; what is behind one
     * is reached as {@code $JS.<domain>.API} (measured on 2.9.10, 2.12.15 and 2.15.1).
     */
    private static void domain(ResolvedTopology topology, Diagnostics found) {
        ClusterModel backbone = topology.backbone();
        List<String> cut =
                topology.leafClusters().stream().map(ClusterModel::name).toList();
        if (backbone.domain() == null && !backbone.voters().isEmpty() && !cut.isEmpty()) {
            found.add(
                    Code.NW107,
                    Path.ROOT.child("cluster"),
                    "The backbone has no JetStream domain, so clients in the leaf "
                            + (cut.size() == 1 ? "cluster " : "clusters ") + Quote.all(cut)
                            + " cannot address its JetStream.",
                    "Add `cluster.domain`, such as `hub`.");
        }
    }

    /** Whether a leaf node without credentials is turned away by a backbone that has accounts. */
    private static boolean refuses(Access access, @org.jspecify.annotations.Nullable ServerVersion version) {
        boolean users = access.accounts().stream().anyMatch(a -> !a.users().isEmpty());
        return version != null && version.atLeast(2, 12, 0) && users && access.noAuthUser() == null;
    }

    private static void credentials(
            ClusterModel leaf,
            ClusterModel.LeafRemote remote,
            Access backbone,
            @org.jspecify.annotations.Nullable ServerVersion version,
            Path at,
            Diagnostics found) {
        boolean byOperator = backbone.operatorInclude() != null;
        if (byOperator && remote.credsFile() == null) {
            found.add(
                    Code.NW106,
                    at,
                    "The backbone takes its accounts from an operator and refuses the leaf cluster "
                            + Quote.of(leaf.name()) + ", which has no credentials file.",
                    "Give the remote a `creds_file` with a user of the operator's account.");
        } else if (!byOperator && remote.nkeyFile() == null && refuses(backbone, version)) {
            found.add(
                    Code.NW106,
                    at,
                    "nats-server " + version + " refuses leaf nodes that do not log in as one of the backbone's users, "
                            + "and the leaf cluster " + Quote.of(leaf.name()) + " has no nkey.",
                    "Give the remote an `nkey_file`, and an account of the backbone a user with that nkey.");
        }
    }

    /** A leaf connection with TLS on one end only is never made (all versions). */
    private static void tls(
            ClusterModel leaf, ClusterModel.LeafRemote remote, boolean backbone, Path at, Diagnostics found) {
        if (remote.tls() != backbone) {
            found.add(
                    Code.NW106,
                    at,
                    "The leaf cluster " + Quote.of(leaf.name()) + " connects with" + (remote.tls() ? "" : "out")
                            + " TLS to a backbone that listens with" + (backbone ? "" : "out") + ".",
                    backbone
                            ? "Add `tls: true` here, and `tls.leaf` to the leaf cluster."
                            : "Add `tls.leaf` to the topology, or remove `tls: true` here.",
                    new Link(Path.ROOT.child("tls"), "TLS of the backbone"));
        }
    }
}
