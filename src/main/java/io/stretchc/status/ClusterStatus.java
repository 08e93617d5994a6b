package io.stretchc.status;

import java.util.List;

/**
 * A live cluster held against its topology, as a tired person wants it told.
 *
 * @param headline one sentence with the numbers, which begins with the name of the state
 * @param servers those of the topology, then others that answer, each by name
 * @param streams how many were seen
 * @param undeclared how many of them the topology does not declare
 * @param troubles the worst first
 * @param warnings sentences about what is odd
 * @param next in the order in which to consider it
 */
public record ClusterStatus(
        String cluster,
        ClusterState state,
        String headline,
        MetaStatus meta,
        List<SiteStatus> sites,
        List<ServerStatus> servers,
        int streams,
        int undeclared,
        List<StreamTrouble> troubles,
        List<String> warnings,
        List<NextStep> next) {
    public ClusterStatus {
        sites = List.copyOf(sites);
        servers = List.copyOf(servers);
        troubles = troubles.stream().sorted().toList();
        warnings = List.copyOf(warnings);
        next = List.copyOf(next);
    }
}
