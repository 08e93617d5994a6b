package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerSettings;
import java.util.List;

/**
 * nats-server acknowledges a message before it is flushed to disk, which by default happens every two minutes (2.10 to
 * 2.15; every minute in 2.9). Replication makes up for that, unless every copy loses power at once.
 */
final class DurabilityRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        check(topology, topology.backbone(), Path.ROOT, found);
        for (ClusterModel leaf : topology.leafClusters()) {
            check(topology, leaf, leaf.path(), found);
        }
    }

    private static void check(ResolvedTopology topology, ClusterModel cluster, Path base, Diagnostics found) {
        List<ServerModel> voters = cluster.voters();
        long atDefault = voters.stream()
                .filter(s -> s.syncInterval() == null && !s.doubtful())
                .count();
        if (atDefault == 0) {
            return;
        }
        boolean backbone = base.equals(Path.ROOT);
        boolean common = !backbone || !topology.source().defaults().equals(ServerSettings.NONE);
        String all = atDefault == 1 ? "the only server" : "all " + atDefault + " servers";
        String servers = atDefault == voters.size() ? all : atDefault + " of " + voters.size() + " servers";
        var version = cluster.version();
        boolean settable = version == null || version.atLeast(2, 10, 0);
        String interval = settable ? "2 minutes" : "1 minute";
        found.add(
                Code.DU101,
                common ? base.child("defaults").child("sync_interval") : Path.ROOT.child("sites"),
                "`sync_interval` is left at its default of " + interval + " on " + servers
                        + (backbone ? "" : " of the leaf cluster " + Quote.of(cluster.name())) + ": when "
                        + (backbone ? "a site" : "it") + " loses power, up to " + interval
                        + " of acknowledged messages may be missing from all its copies.",
                settable
                        ? "Set `sync_interval: always`, or a short interval, in `defaults`; or accept DU101 with the reason."
                        : "Upgrade to 2.10, since nats-server " + version
                                + " cannot change it; or accept DU101 with the reason.");
    }
}
