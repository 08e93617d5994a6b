package io.stretchc.check;

import io.stretchc.diag.Quote;
import io.stretchc.quorum.Technique;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.util.Arrays;
import java.util.List;

/**
 * What a topology holds ready against the loss of a site.
 *
 * @param arbiters in other sites
 * @param standIns in other sites, for servers of the lost one
 * @param lost servers of the lost site that vote
 */
record Means(int arbiters, List<ServerName> standIns, List<ServerName> lost) {
    static Means against(ClusterModel cluster, SiteName site) {
        List<ServerName> lost = cluster.voters().stream()
                .filter(v -> site.equals(v.site()))
                .map(ServerModel::name)
                .toList();
        long arbiters = cluster.reserves(Role.ARBITER).stream()
                .filter(a -> a.votes() && !site.equals(a.site()))
                .count();
        List<ServerName> standIns = cluster.reserves(Role.STAND_IN).stream()
                .filter(s -> s.votes() && !site.equals(s.site()) && lost.contains(s.name()))
                .map(ServerModel::name)
                .distinct()
                .toList();
        return new Means((int) arbiters, standIns, lost);
    }

    boolean enough(ServerVersion version, int members, int alive) {
        return Arrays.stream(Technique.values()).anyMatch(t -> enough(t, version, members, alive));
    }

    boolean enough(Technique technique, ServerVersion version, int members, int alive) {
        if (!technique.worksOn(version)) {
            return false;
        }
        int needed = technique.serversNeeded(version, members, alive);
        return switch (technique) {
            case ARBITER, NEW_SERVERS -> arbiters >= needed;
            case STAND_INS -> standIns.size() >= needed;
            case RESCUE -> alive > 0;
        };
    }

    String summary() {
        return "arbiters in other sites: " + arbiters + ", stand-ins: " + standIns.size();
    }

    /** What a technique takes on this version, to be held ready or done. */
    String advice(Technique technique, ServerVersion version, int members, int alive, SiteName site) {
        int needed = technique.serversNeeded(version, members, alive);
        List<ServerName> missing =
                lost.stream().filter(n -> !standIns.contains(n)).toList();
        return switch (technique) {
            case RESCUE -> "Use META.RESCUE, which nats-server 2.15 brings and which needs no further server.";
            case ARBITER ->
                "Declare " + needed + (needed == 1 ? " arbiter" : " arbiters") + " in a site other than "
                        + Quote.of(site) + ".";
            case NEW_SERVERS ->
                "Declare " + needed + " arbiters in other sites, all to be started together, or stand-ins for all of "
                        + Quote.all(lost) + ".";
            case STAND_INS ->
                needed < lost.size()
                        ? "Declare stand-ins in other sites for " + needed + " of " + Quote.all(lost) + "."
                        : "Declare stand-ins in other sites for all lost servers; missing: " + Quote.all(missing) + ".";
        };
    }
}
