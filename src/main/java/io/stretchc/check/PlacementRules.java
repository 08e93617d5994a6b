package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Diagnostics.Link;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Placement;
import io.stretchc.topology.PlacementName;
import io.stretchc.topology.StreamSpec;
import io.stretchc.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether streams find enough servers, and whether these are where they should be. */
final class PlacementRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        uniqueTags(topology, found);
        Map<PlacementName, Candidates> byPlacement = new HashMap<>();
        Topology t = topology.source();
        if (topology.membersUnclear(topology.backbone())) {
            return;
        }
        for (int i = 0; i < t.placements().size(); i++) {
            Placement p = t.placements().get(i);
            if (topology.doubts().within(Path.ROOT.child("placements").at(i))) {
                continue;
            }
            var candidates = Candidates.of(topology.backbone(), p);
            byPlacement.putIfAbsent(p.name(), candidates);
            placement(p, candidates, topology, Path.ROOT.child("placements").at(i), found);
        }
        var anywhere = Candidates.of(topology.backbone(), null);
        for (int i = 0; i < t.streams().size(); i++) {
            StreamSpec s = t.streams().get(i);
            Candidates candidates = s.placement() == null ? anywhere : byPlacement.get(s.placement());
            if (candidates != null) {
                stream(s, candidates, t, Path.ROOT.child("streams").at(i), found);
            }
        }
    }

    private static void uniqueTags(ResolvedTopology topology, Diagnostics found) {
        for (ClusterModel cluster : topology.clusters()) {
            String prefix = cluster.uniqueTag().prefix();
            for (ServerModel s : cluster.servers()) {
                List<String> values = Candidates.uniqueValues(s, prefix);
                if (s.votes() && values.isEmpty() && !s.doubtful()) {
                    found.add(
                            Code.PL101,
                            s.path(),
                            "The server " + Quote.of(s.name()) + " has no tag that begins with " + Quote.of(prefix)
                                    + ", so no stream is ever placed on it.",
                            "Add such a tag, or let it be generated with `unique_value: server_name`.");
                } else if (values.size() > 1) {
                    found.add(
                            Code.PL112,
                            s.path().child("tags"),
                            "The server " + Quote.of(s.name()) + " has " + values.size() + " tags that begin with "
                                    + Quote.of(prefix) + ": " + Quote.all(values) + ".",
                            "Keep one of them"
                                    + (cluster.uniqueTag().generated()
                                            ? "; with `unique_value: tags` none is generated."
                                            : "."));
                }
            }
        }
    }

    private static void placement(
            Placement p, Candidates candidates, ResolvedTopology topology, Path at, Diagnostics found) {
        String prefix = topology.backbone().uniqueTag().prefix();
        for (int i = 0; i < p.tags().size(); i++) {
            if (Candidates.switchesUniqueOff(p.tags().get(i), prefix)) {
                found.add(
                        Code.PL102,
                        at.child("tags").at(i),
                        "The placement tag " + Quote.of(p.tags().get(i)) + " begins with the unique prefix "
                                + Quote.of(prefix) + ", which silently switches uniqueness off for its streams.",
                        "Place by another tag, or choose another unique prefix.");
            }
        }
        if (candidates.matching().isEmpty()) {
            found.add(
                    Code.PL105,
                    at.child("tags"),
                    "No JetStream server has all tags of placement " + Quote.of(p.name()) + ": " + Quote.all(p.tags())
                            + ".",
                    "Give the tags to servers, or correct the placement.");
        }
        boolean known =
                topology.source().sites().stream().anyMatch(s -> s.name().equals(p.preferredSite()));
        if (p.preferredSite() != null
                && known
                && !candidates.matching().isEmpty()
                && !candidates.sites().contains(p.preferredSite())) {
            found.add(
                    Code.PL111,
                    at.child("preferred_site"),
                    "No server that placement " + Quote.of(p.name()) + " matches is in its preferred site "
                            + Quote.of(p.preferredSite()) + ".",
                    "Prefer one of " + Quote.all(candidates.sites()) + ".");
        }
    }

    private static void stream(StreamSpec s, Candidates c, Topology t, Path at, Diagnostics found) {
        Path replicas = at.child("replicas");
        int matching = c.matching().size();
        String where = s.placement() == null ? "" : " of placement " + Quote.of(s.placement());
        if (s.replicas() > 1 && s.replicas() % 2 == 0) {
            found.add(
                    Code.PL110,
                    replicas,
                    "The stream " + Quote.of(s.name()) + " has " + s.replicas()
                            + " replicas and survives no more losses than with " + (s.replicas() - 1) + ".",
                    "Use an odd number of replicas.");
        }
        if (matching == 0) {
            if (s.placement() == null) {
                found.add(
                        Code.PL105,
                        at,
                        "No server can take the stream " + Quote.of(s.name()) + ".",
                        "Declare JetStream servers.");
            }
            return;
        }
        Link link = placementLink(s.placement(), t);
        if (matching < s.replicas()) {
            found.add(
                    Code.PL103,
                    replicas,
                    "The stream " + Quote.of(s.name()) + " wants " + s.replicas() + " replicas, but "
                            + (s.placement() == null
                                    ? "there " + (matching == 1 ? "is" : "are") + " only " + servers(matching)
                                    : "only " + servers(matching) + (matching == 1 ? " has" : " have") + " the tags"
                                            + where)
                            + ": " + Quote.all(c.names()) + ".",
                    (s.placement() == null ? "Declare more servers" : "Give the tags to more servers")
                            + ", or ask for fewer replicas.",
                    link);
            return;
        }
        int distinct = c.distinctUnique();
        if (distinct < s.replicas()) {
            found.add(
                    Code.PL104,
                    replicas,
                    "The stream " + Quote.of(s.name()) + " wants " + s.replicas() + " replicas, but the " + matching
                            + " matching servers" + where + " have only " + distinct + " distinct values of "
                            + Quote.of(c.prefix()) + ".",
                    "Spread the tags over servers with different unique tags, or ask for fewer replicas.",
                    link);
            return;
        }
        inOneSite(s, c, t, at, link, found);
    }

    private static String servers(int count) {
        return count + (count == 1 ? " JetStream server" : " JetStream servers");
    }

    private static void inOneSite(StreamSpec s, Candidates c, Topology t, Path at, Link link, Diagnostics found) {
        if (t.sites().size() < 2) {
            return;
        }
        Path where = at.child(s.placement() == null ? "name" : "placement");
        if (s.replicas() == 1) {
            found.add(
                    Code.PL106,
                    at.child("replicas"),
                    "The stream " + Quote.of(s.name()) + " has one copy and is lost with the site that holds it.",
                    "Use 3 replicas across sites, mirror it, or back it up.");
        } else if (c.hasDoubts()) {
            return;
        } else if (c.sites().size() == 1) {
            found.add(
                    Code.PL106,
                    where,
                    "The stream " + Quote.of(s.name()) + " lives wholly in site "
                            + Quote.of(c.sites().get(0)) + " and is lost with it.",
                    "Place it across sites, mirror it into another, or back it up.",
                    link);
        } else {
            c.sites().stream()
                    .filter(site -> c.distinctUniqueIn(site) >= s.replicas())
                    .findFirst()
                    .ifPresent(site -> found.add(
                            Code.PL106,
                            where,
                            "The stream " + Quote.of(s.name()) + " may come to live wholly in site " + Quote.of(site)
                                    + ", where " + c.distinctUniqueIn(site) + " servers match, and be lost with it.",
                            "Place it by a tag that no site has " + s.replicas() + " servers of.",
                            link));
        }
    }

    private static Link placementLink(@Nullable PlacementName name, Topology t) {
        for (int i = 0; i < t.placements().size(); i++) {
            if (t.placements().get(i).name().equals(name)) {
                return new Link(Path.ROOT.child("placements").at(i), "the placement");
            }
        }
        return new Link(Path.ROOT.child("sites"), "the servers");
    }
}
