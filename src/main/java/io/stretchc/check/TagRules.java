package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.LeafCluster;
import io.stretchc.topology.ServerSpec;
import io.stretchc.topology.Site;
import io.stretchc.topology.StandInSpec;
import io.stretchc.topology.Tag;
import io.stretchc.topology.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** nats-server compares tags in lower case and reports them so; what is written otherwise reads back differently. */
final class TagRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        Topology t = topology.source();
        value(t.cluster().uniqueTag().prefix(), Path.ROOT.child("cluster").child("unique_tag"), found);
        tags(t.defaults().tags(), Path.ROOT.child("defaults"), found);
        for (int i = 0; i < t.sites().size(); i++) {
            Site site = t.sites().get(i);
            Path at = Path.ROOT.child("sites").at(i);
            value(site.dc(), at.child("dc"), found);
            value(site.region(), at.child("region"), found);
            tags(site.defaults().tags(), at.child("defaults"), found);
            servers(site.servers(), at.child("servers"), found);
            servers(site.arbiters(), at.child("arbiters"), found);
            standIns(site.standIns(), at.child("stand_ins"), found);
        }
        for (int i = 0; i < t.placements().size(); i++) {
            tags(t.placements().get(i).tags(), Path.ROOT.child("placements").at(i), found);
        }
        for (int i = 0; i < t.leafClusters().size(); i++) {
            LeafCluster leaf = t.leafClusters().get(i);
            Path at = Path.ROOT.child("leaf_clusters").at(i);
            value(leaf.uniqueTag().prefix(), at.child("unique_tag"), found);
            tags(leaf.defaults().tags(), at.child("defaults"), found);
            servers(leaf.servers(), at.child("servers"), found);
        }
    }

    private static void standIns(List<StandInSpec> standIns, Path at, Diagnostics found) {
        for (int i = 0; i < standIns.size(); i++) {
            value(standIns.get(i).dc(), at.at(i).child("dc"), found);
            value(standIns.get(i).region(), at.at(i).child("region"), found);
            value(standIns.get(i).unique(), at.at(i).child("unique"), found);
            tags(standIns.get(i).settings().tags(), at.at(i), found);
        }
    }

    private static void servers(List<ServerSpec> servers, Path at, Diagnostics found) {
        for (int i = 0; i < servers.size(); i++) {
            value(servers.get(i).dc(), at.at(i).child("dc"), found);
            value(servers.get(i).region(), at.at(i).child("region"), found);
            value(servers.get(i).unique(), at.at(i).child("unique"), found);
            tags(servers.get(i).settings().tags(), at.at(i), found);
        }
    }

    private static void tags(List<String> tags, Path at, Diagnostics found) {
        for (int i = 0; i < tags.size(); i++) {
            value(tags.get(i), at.child("tags").at(i), found);
        }
    }

    private static void value(@Nullable String tag, Path at, Diagnostics found) {
        if (tag != null && !Tag.fold(tag).equals(tag)) {
            found.add(
                    Code.PL108,
                    at,
                    "nats-server reads the tag " + Quote.of(tag) + " as " + Quote.of(Tag.fold(tag)) + ".",
                    "Write " + Quote.of(Tag.fold(tag)) + ".");
        }
    }
}
