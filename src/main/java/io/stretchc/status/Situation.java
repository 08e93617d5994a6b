package io.stretchc.status;

import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.util.List;

/** What the state, the headline and the next steps are drawn from. */
record Situation(
        ResolvedTopology topology,
        Census census,
        MetaStatus meta,
        List<SiteStatus> sites,
        List<ServerName> silent,
        List<ServerState> guests,
        List<ServerStatus> servers,
        List<StreamTrouble> troubles,
        int streams) {
    /** Servers that the topology has as ordinary ones. */
    int expected() {
        return topology.backbone().servers().size();
    }

    /** The oldest version that answers: what it cannot do, the cluster cannot. */
    ServerVersion version() {
        if (!census.versions().isEmpty()) {
            return census.versions().get(0);
        }
        ServerVersion declared = topology.backbone().version();
        return declared == null ? Census.OLDEST : declared;
    }

    /** Streams that make the cluster degraded. */
    long streamsInTrouble() {
        return streamsWith(t -> !t.reason().harmless());
    }

    /** Streams with nothing worse than catching up. */
    long catchingUp() {
        return streamsWith(t -> t.reason().passing());
    }

    boolean onlyPassing() {
        return troubles.stream()
                .allMatch(t -> t.reason().passing() || t.reason().harmless());
    }

    boolean has(StreamTrouble.Reason reason) {
        return troubles.stream().anyMatch(t -> t.reason() == reason);
    }

    private long streamsWith(java.util.function.Predicate<StreamTrouble> wanted) {
        return troubles.stream()
                .filter(wanted)
                .map(t -> t.account() + " " + t.stream())
                .distinct()
                .count();
    }

    List<SiteStatus> silentSites() {
        return sites.stream().filter(SiteStatus::silent).toList();
    }

    /** Sites that are alive behind a cut. */
    List<SiteStatus> sitesApart() {
        return sites.stream().filter(SiteStatus::apart).toList();
    }

    /** Sites where nobody answers, and nobody is known to be alive. */
    List<SiteStatus> lostSites() {
        return sites.stream().filter(s -> s.silent() && !s.apart()).toList();
    }

    /** Whether the meta group has a leader and counts none of the site's voters: the site was given up, most often. */
    boolean uncounted(SiteStatus site) {
        List<ServerName> voters = topology.backbone().voters().stream()
                .filter(v -> site.name().equals(v.site()))
                .map(v -> v.name())
                .toList();
        return meta.leader() != null
                && !voters.isEmpty()
                && servers.stream()
                        .filter(s -> voters.contains(s.name()))
                        .allMatch(s -> Boolean.FALSE.equals(s.metaMember()));
    }

    /** Whether every server that the topology has answers, takes part in JetStream and in the meta group. */
    boolean allThere() {
        return silent.isEmpty()
                && meta.left().isEmpty()
                && meta.unknown().isEmpty()
                && census.strangers().isEmpty()
                && census.doubles().isEmpty()
                && census.cutOff().isEmpty()
                && meta.live() >= meta.size()
                && disabled().isEmpty()
                && (meta.size() == 0 || meta.leader() != null);
    }

    /** Servers that answer with JetStream switched off although the topology has it on: what a removal leaves behind. */
    List<ServerName> disabled() {
        return topology.backbone().voters().stream()
                .map(v -> v.name())
                .filter(n -> servers.stream()
                        .anyMatch(s -> s.name().equals(n) && s.jetstream() == ServerState.JetStream.DISABLED))
                .sorted()
                .toList();
    }
}
