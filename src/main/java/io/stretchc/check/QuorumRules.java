package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.quorum.Quorum;
import io.stretchc.quorum.Technique;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Recovery;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.Site;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the meta group survives, and whether the means to bring it back are at hand. */
final class QuorumRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        for (ClusterModel cluster : topology.clusters()) {
            boolean leaf = !cluster.path().equals(topology.backbone().path());
            boolean withoutJetStream =
                    !cluster.servers().isEmpty() && cluster.voters().isEmpty();
            // A leaf cluster need not have JetStream, and has none by `jetstream: false` only.
            if (!topology.membersUnclear(cluster) && !(leaf && withoutJetStream)) {
                size(cluster, found);
            }
        }
        declaredTechnique(topology.source(), found);
        if (topology.membersUnclear(topology.backbone())) {
            return;
        }
        spanning(topology.backbone(), found);
        List<SiteName> sites =
                topology.source().sites().stream().map(Site::name).toList();
        for (int i = 0; i < sites.size(); i++) {
            if (sites.indexOf(sites.get(i)) == sites.lastIndexOf(sites.get(i))) {
                loss(topology, i, found);
            }
        }
    }

    private static void size(ClusterModel cluster, Diagnostics found) {
        int voters = cluster.voters().size();
        Path at = cluster.path().child("name");
        if (voters == 1) {
            oneVoter(cluster, at, found);
        } else if (voters < 3) {
            found.add(
                    Code.QM105,
                    at,
                    group(cluster) + " has " + voters + " voters; three are the fewest that survive the loss of one.",
                    "Add JetStream servers.");
        } else if (voters % 2 == 0) {
            found.add(
                    Code.QM101,
                    at,
                    group(cluster) + " has " + voters
                            + " voters and survives the loss of " + Quorum.margin(voters) + " of them, as "
                            + (voters - 1) + " voters would.",
                    "Add a voter, best in a third site, or remove one.");
        }
    }

    private static void oneVoter(ClusterModel cluster, Path at, Diagnostics found) {
        if (cluster.lone()) {
            found.add(
                    Code.QM105,
                    at,
                    "The cluster " + Quote.of(cluster.name()) + " is one server, "
                            + Quote.of(cluster.servers().get(0).name())
                            + ", which is compiled to run without a meta group: its JetStream works, and nothing in it survives its loss.",
                    "Have three JetStream servers.");
        } else if (cluster.gateway() == null) {
            found.add(
                    Code.QM105,
                    at,
                    group(cluster)
                            + " has 1 voter, but a server with routes expects two at least, so no leader is ever elected and JetStream does not work.",
                    "Have three JetStream servers, or one server alone, without reserves.");
        } else {
            found.add(
                    Code.QM105,
                    at,
                    group(cluster) + " has 1 voter here; without those of other clusters no leader is ever elected.",
                    "Have three JetStream servers.");
        }
    }

    /** All clusters that gateways connect have one meta group, whatever their domains (2.9 to 2.15). */
    private static void spanning(ClusterModel backbone, Diagnostics found) {
        int voters = backbone.voters().size();
        int others = backbone.gateway() == null
                ? 0
                : backbone.gateway().others(backbone.name()).size();
        if (others > 0 && voters > 0) {
            found.add(
                    Code.QM107,
                    Path.ROOT.child("gateway"),
                    "One meta group spans " + Quote.of(backbone.name()) + " and "
                            + (others == 1 ? "1 other cluster" : others + " other clusters")
                            + ", even with domains of their own, and of its voters only the "
                            + voters + " here are known: what is said of its quorum counts no others.",
                    "Count the voters of all clusters together, and plan the loss of a site with them.");
        }
    }

    private static String group(ClusterModel cluster) {
        return "The meta group" + (cluster.name().isEmpty() ? "" : " of " + Quote.of(cluster.name()));
    }

    private static void declaredTechnique(Topology t, Diagnostics found) {
        ServerVersion version = t.cluster().version();
        Technique declared = technique(t.cluster().recovery());
        if (version != null && declared != null && !declared.worksOn(version)) {
            found.add(
                    Code.QM103,
                    Path.ROOT.child("cluster").child("recovery"),
                    "Recovery by " + declared.title() + " does not work on nats-server " + version + ".",
                    "Declare `recovery: auto`, or `recovery: " + key(Technique.bestOn(version))
                            + "`, which works there.");
        }
    }

    private static void loss(ResolvedTopology topology, int index, Diagnostics found) {
        Site site = topology.source().sites().get(index);
        ServerVersion version = topology.source().cluster().version();
        List<ServerModel> voters = topology.backbone().voters();
        int alive =
                (int) voters.stream().filter(v -> !site.name().equals(v.site())).count();
        int lost = voters.size() - alive;
        if (lost == 0 || alive >= Quorum.of(voters.size()) || version == null) {
            return;
        }
        Path at = Path.ROOT.child("sites").at(index).child("name");
        if (alive == 0) {
            found.add(
                    Code.QM102,
                    at,
                    "The loss of site " + Quote.of(site.name()) + " takes "
                            + (lost == 1 ? "the only voter" : "all " + lost + " voters")
                            + " of the meta group; nothing is left to recover from.",
                    "Put servers into a second site, better a third.");
            return;
        }
        var means = Means.against(topology.backbone(), site.name());
        Technique wanted = technique(topology.source().cluster().recovery());
        Technique declared = wanted == null || !wanted.worksOn(version) ? null : wanted;
        boolean enough = declared == null
                ? means.enough(version, voters.size(), alive)
                : means.enough(declared, version, voters.size(), alive);
        String facts = "The loss of site " + Quote.of(site.name()) + " leaves " + alive + " of " + voters.size()
                + " voters where " + Quorum.of(voters.size()) + " are needed";
        if (!enough) {
            found.add(
                    Code.QM102,
                    at,
                    facts + ", and on nats-server " + version
                            + " the topology holds too little ready to get the quorum back"
                            + (declared == null ? "" : " by " + declared.title()) + " (" + means.summary() + ").",
                    "Declare "
                            + means.needed(
                                    declared == null ? Technique.bestOn(version) : declared,
                                    version,
                                    voters.size(),
                                    alive,
                                    site.name())
                            + ".");
        }
        uselessArbiters(topology, site, version, voters.size(), alive, means, found);
    }

    /** From 2.12 on the votes of a few empty servers with new names do not count. */
    private static void uselessArbiters(
            ResolvedTopology topology,
            Site site,
            ServerVersion version,
            int voters,
            int alive,
            Means means,
            Diagnostics found) {
        boolean useless = means.arbiters() > 0
                && !means.enough(Technique.ARBITER, version, voters, alive)
                && !means.enough(Technique.NEW_SERVERS, version, voters, alive);
        if (!useless || Technique.ARBITER.worksOn(version)) {
            return;
        }
        String count = means.arbiters() == 1 ? "One arbiter" : means.arbiters() + " arbiters";
        found.add(
                Code.QM104,
                firstArbiterOutside(topology.backbone(), site),
                count + " will not regain the meta quorum on nats-server " + version + " when site "
                        + Quote.of(site.name()) + " is lost: " + reason(version) + ".",
                "What will: " + means.needed(Technique.bestOn(version), version, voters, alive, site.name()) + ".");
    }

    private static String reason(ServerVersion version) {
        return Technique.NEW_SERVERS.worksOn(version)
                ? "an empty server's vote counts only when as many join as were lost"
                : "votes of servers with new names are ignored";
    }

    private static Path firstArbiterOutside(ClusterModel backbone, Site site) {
        return backbone.reserves(io.stretchc.resolve.Role.ARBITER).stream()
                .filter(a -> !site.name().equals(a.site()))
                .findFirst()
                .map(a -> a.path().child("name"))
                .orElse(Path.ROOT);
    }

    private static @Nullable Technique technique(Recovery recovery) {
        return switch (recovery) {
            case AUTO -> null;
            case ARBITER -> Technique.ARBITER;
            case NEW_SERVERS -> Technique.NEW_SERVERS;
            case STAND_INS -> Technique.STAND_INS;
            case RESCUE -> Technique.RESCUE;
        };
    }

    private static String key(Technique technique) {
        return technique.name().toLowerCase(java.util.Locale.ROOT);
    }
}
