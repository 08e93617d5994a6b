package io.stretchc.status;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A site that was lost comes back under other names, those of its replacements, and stays so: the removed names are refused
 * (2.10.27 for good, later for five minutes). Until the topology says so, what runs is read as if it did.
 *
 * @param topology with the replacements as servers where they took the place of their site's servers
 * @param notes what differs from the topology as written, a sentence each
 */
public record Generations(ResolvedTopology topology, List<String> notes) {
    public Generations {
        notes = List.copyOf(notes);
    }

    /** The topology as it runs. */
    public static Generations of(ResolvedTopology topology, ClusterSnapshot seen) {
        ClusterModel backbone = topology.backbone();
        var here = new TreeSet<ServerName>();
        seen.members().forEach(s -> here.add(s.name()));
        seen.meta().members().forEach(m -> {
            if (m.name() != null) {
                here.add(m.name());
            }
        });
        var notes = new ArrayList<String>();
        ClusterModel now = backbone;
        for (Site site : topology.source().sites()) {
            boolean originals =
                    backbone.servers().stream().anyMatch(s -> site.name().equals(s.site()) && here.contains(s.name()));
            List<ServerModel> generation = originals ? replaced(now, site, here) : generation(backbone, site, here);
            if (originals && !generation.isEmpty()) {
                now = now.replaced(site.name(), generation);
                List<ServerName> others = generation.stream()
                        .map(ServerModel::name)
                        .filter(n -> backbone.servers().stream()
                                .noneMatch(s -> s.name().equals(n)))
                        .toList();
                notes.add("In the site " + Quote.of(site.name()) + " there " + (others.size() == 1 ? "runs " : "run ")
                        + Quote.all(others)
                        + " instead of what the topology has: write the `generation` there, so that the topology says so"
                        + " too.");
            } else if (!generation.isEmpty()) {
                now = now.replaced(site.name(), generation);
                notes.add("The site " + Quote.of(site.name()) + " runs as "
                        + Quote.all(generation.stream().map(ServerModel::name).toList())
                        + ": write their `generation` at its servers, so that the topology says so too.");
            }
        }
        return new Generations(
                new ResolvedTopology(topology.source(), now, topology.leafClusters(), topology.doubts()), notes);
    }

    /** The servers of a site of which some were replaced, one by one; none if no server was. */
    private static List<ServerModel> replaced(ClusterModel now, Site site, SortedSet<ServerName> here) {
        var servers = new ArrayList<ServerModel>();
        boolean any = false;
        for (ServerModel server : now.servers()) {
            if (!site.name().equals(server.site())) {
                continue;
            }
            String stem = server.name().text() + ".";
            ServerModel other = now.reserves(Role.REPLACEMENT).stream()
                    .filter(r -> here.contains(r.name()) && r.name().text().startsWith(stem))
                    .findFirst()
                    .orElse(null);
            if (other != null && here.contains(server.name())) {
                return List.of(); // both are there: nobody took the other's place yet
            }
            any |= other != null;
            servers.add(other == null ? server : other);
        }
        return any ? servers : List.of();
    }

    /** The site's replacements of one generation, the one of which most are there. */
    private static List<ServerModel> generation(ClusterModel backbone, Site site, SortedSet<ServerName> here) {
        SortedMap<String, List<ServerModel>> byNumber = new TreeMap<>();
        backbone.reserves(Role.REPLACEMENT).stream()
                .filter(r -> site.name().equals(r.site()))
                .forEach(r -> byNumber.computeIfAbsent(number(r.name()), k -> new ArrayList<>())
                        .add(r));
        List<ServerModel> best = List.of();
        long most = 0;
        for (List<ServerModel> one : byNumber.values()) {
            long there = one.stream().filter(r -> here.contains(r.name())).count();
            if (there > most) {
                most = there;
                best = one;
            }
        }
        return best;
    }

    private static String number(ServerName name) {
        return name.text().substring(name.text().lastIndexOf('.') + 1);
    }
}
