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
import io.stretchc.topology.SiteName;
import io.stretchc.topology.StreamSpec;
import io.stretchc.topology.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Fallbacks must be places, and make good what is lost: a server that is silent is followed by one of a fallback that is lent
 * the tags, or all of the stream moves there. Neither may take a unique tag twice or leave fewer sites than before.
 */
final class SpareRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        List<Placement> placements = topology.source().placements();
        for (int i = 0; i < placements.size(); i++) {
            Placement p = placements.get(i);
            Path at = Path.ROOT.child("placements").at(i).child("fallbacks");
            same(p, placements, at, found);
            int replicas = topology.source().streams().stream()
                    .filter(s -> p.name().equals(s.placement()) && s.replicas() > 1)
                    .mapToInt(StreamSpec::replicas)
                    .max()
                    .orElse(0);
            if (replicas > 0 && !p.fallbacks().isEmpty()) {
                new Of(topology.backbone(), p, placements, replicas).check(at, found);
            }
        }
    }

    private static void same(Placement p, List<Placement> placements, Path at, Diagnostics found) {
        for (int i = 0; i < p.fallbacks().size(); i++) {
            Optional<Placement> fallback = named(placements, p.fallbacks().get(i));
            if (fallback.isPresent()
                    && !fallback.get().name().equals(p.name())
                    && folded(fallback.get()).equals(folded(p))) {
                found.add(
                        Code.PL114,
                        at.at(i),
                        "The fallback " + Quote.of(fallback.get().name()) + " of " + Quote.of(p.name())
                                + " asks for the same tags, " + Quote.all(p.tags()) + ": it is the same place.",
                        "Remove it, or name a placement with other tags.");
            }
        }
    }

    private static java.util.SortedSet<String> folded(Placement p) {
        var tags = new TreeSet<String>();
        p.tags().forEach(t -> tags.add(Tag.fold(t)));
        return tags;
    }

    private static Optional<Placement> named(List<Placement> placements, PlacementName name) {
        return placements.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /** One placement, for its largest stream. */
    private static final class Of {
        private final ClusterModel cluster;
        private final Placement placement;
        private final List<Placement> placements;
        private final int replicas;
        private final Candidates own;

        Of(ClusterModel cluster, Placement placement, List<Placement> placements, int replicas) {
            this.cluster = cluster;
            this.placement = placement;
            this.placements = placements;
            this.replicas = replicas;
            this.own = Candidates.of(cluster, placement);
        }

        void check(Path at, Diagnostics found) {
            boolean unclear = own.hasDoubts() || !own.unique() || own.distinctUnique() < replicas;
            if (unclear || cluster.voters().stream().anyMatch(ServerModel::doubtful)) {
                return; // said elsewhere
            }
            for (int i = 0; i < placement.fallbacks().size(); i++) {
                int n = i;
                named(placements, placement.fallbacks().get(i)).ifPresent(f -> helps(f, at.at(n), found));
            }
            List<ServerModel> lost =
                    own.matching().stream().filter(s -> !madeGood(s)).toList();
            if (!lost.isEmpty()) {
                found.add(
                        Code.PL115,
                        at,
                        "When " + Quote.all(lost.stream().map(ServerModel::name).toList())
                                + (lost.size() == 1 ? " is" : " (any of them) is")
                                + " lost, no fallback of " + Quote.of(placement.name()) + " gives its streams of "
                                + replicas
                                + " replicas another server without fewer sites: they stay with "
                                + (replicas - 1) + ".",
                        "Name a fallback that has a spare server in the same site, or servers for all replicas over as"
                                + " many sites.");
            }
        }

        /** Whether all of a stream, or what one lost server had, can go there. */
        private void helps(Placement fallback, Path at, Diagnostics found) {
            Candidates there = Candidates.of(cluster, fallback);
            boolean all = there.distinctUnique() >= replicas;
            boolean spare = there.matching().stream().anyMatch(this::lendable);
            if (!all && !spare && !folded(fallback).equals(folded(placement))) {
                found.add(
                        Code.PL113,
                        at,
                        "The fallback " + Quote.of(fallback.name()) + " of " + Quote.of(placement.name()) + " has "
                                + there.distinctUnique() + (there.distinctUnique() == 1 ? " server" : " servers")
                                + " with distinct unique tags, " + replicas
                                + " replicas are wanted, and none of them can be lent " + Quote.all(placement.tags())
                                + ".",
                        "Give its tags to more servers, or remove it.",
                        new Link(Path.ROOT.child("placements").at(placements.indexOf(fallback)), "the fallback"));
            }
        }

        private boolean lendable(ServerModel server) {
            List<String> lacking = placement.tags().stream()
                    .filter(t -> !Tag.matches(server.tags(), List.of(t)))
                    .toList();
            return !lacking.isEmpty()
                    && lacking.stream().allMatch(t -> Tag.lendable(t, own.prefix()))
                    && !Candidates.uniqueValues(server, own.prefix()).isEmpty();
        }

        private boolean madeGood(ServerModel lost) {
            List<ServerModel> left =
                    own.matching().stream().filter(s -> !s.equals(lost)).toList();
            int before = fewest(own.matching());
            if (distinct(left) >= replicas && fewest(left) >= before) {
                return true;
            }
            for (PlacementName name : placement.fallbacks()) {
                Optional<Placement> fallback = named(placements, name);
                if (fallback.isEmpty()) {
                    continue;
                }
                List<ServerModel> there = Candidates.of(cluster, fallback.get()).matching().stream()
                        .filter(s -> !s.equals(lost))
                        .toList();
                if (distinct(there) >= replicas && fewest(there) >= before) {
                    return true;
                }
                for (ServerModel spare : there) {
                    var with = new ArrayList<>(left);
                    with.add(spare);
                    if (lendable(spare) && distinct(with) > distinct(left) && fewest(with) >= before) {
                        return true;
                    }
                }
            }
            return false;
        }

        private int distinct(Collection<ServerModel> servers) {
            var values = new TreeSet<String>();
            servers.forEach(s -> Candidates.uniqueValues(s, own.prefix()).stream()
                    .findFirst()
                    .ifPresent(values::add));
            return values.size();
        }

        /** The fewest sites that a stream can come to: it may be given the servers of the largest ones. */
        private int fewest(Collection<ServerModel> servers) {
            var sites = new java.util.TreeMap<String, Integer>();
            for (ServerModel s : servers) {
                SiteName site = s.site();
                sites.merge(site == null ? "" : site.text(), 1, Integer::sum);
            }
            int left = replicas;
            int count = 0;
            for (int size : sites.values().stream()
                    .sorted(java.util.Comparator.reverseOrder())
                    .toList()) {
                if (left > 0) {
                    left -= size;
                    count++;
                }
            }
            return count;
        }
    }
}
