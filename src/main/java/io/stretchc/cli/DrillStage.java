package io.stretchc.cli;

import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.AccountName;
import io.stretchc.topology.AccountSpec;
import io.stretchc.topology.Placement;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Site;
import io.stretchc.topology.SiteName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a drill is about.
 *
 * @param servers of the site that vote
 * @param tags of a placement with the fewest copies elsewhere, and one at least; none when there is no such placement
 * @param others the same with the most copies elsewhere
 * @param account that the load's streams are in; empty when there is only one
 */
record DrillStage(
        SiteName lost, List<ServerName> servers, List<String> tags, List<String> others, Optional<String> account) {
    DrillStage {
        servers = List.copyOf(servers);
        tags = List.copyOf(tags);
        others = List.copyOf(others);
    }

    /** The stage of a topology; none when there is no such site, or no other one. */
    static Optional<DrillStage> of(ResolvedTopology topology, @Nullable String asked) {
        List<Site> sites = topology.source().sites();
        Optional<Site> lost = sites.stream()
                .filter(s ->
                        asked == null ? s.preferredLeader() : s.name().text().equals(asked))
                .findFirst()
                .or(() ->
                        asked != null || sites.isEmpty() ? Optional.empty() : Optional.of(sites.get(sites.size() - 1)));
        if (lost.isEmpty() || sites.size() < 2) {
            return Optional.empty();
        }
        SiteName site = lost.get().name();
        List<Placement> across = topology.source().placements().stream()
                .filter(p -> elsewhere(topology, p, site) > 0
                        && matching(topology, p).size() >= 3
                        && matching(topology, p).size() > elsewhere(topology, p, site))
                .sorted(Comparator.comparingLong((Placement p) -> elsewhere(topology, p, site))
                        .thenComparing(p -> p.name().text()))
                .toList();
        return Optional.of(new DrillStage(
                site,
                topology.backbone().voters().stream()
                        .filter(s -> site.equals(s.site()))
                        .map(ServerModel::name)
                        .toList(),
                across.isEmpty() ? List.of() : across.get(0).tags(),
                across.size() < 2 ? List.of() : across.get(across.size() - 1).tags(),
                account(topology)));
    }

    /** The account of the declared streams, else the first that is not the system's; empty when there is no choice. */
    static Optional<String> account(ResolvedTopology topology) {
        return topology.source().streams().stream()
                .map(s -> s.account().text())
                .findFirst()
                .or(() -> topology.backbone().access().accounts().stream()
                        .filter(a -> !a.system())
                        .map(AccountSpec::name)
                        .map(AccountName::text)
                        .findFirst());
    }

    private static List<ServerModel> matching(ResolvedTopology topology, Placement placement) {
        return topology.backbone().voters().stream()
                .filter(s -> placement.tags().stream()
                        .allMatch(t -> s.tags().stream().anyMatch(own -> own.equalsIgnoreCase(t))))
                .toList();
    }

    private static long elsewhere(ResolvedTopology topology, Placement placement, SiteName site) {
        return matching(topology, placement).stream()
                .filter(s -> !site.equals(s.site()))
                .count();
    }
}
