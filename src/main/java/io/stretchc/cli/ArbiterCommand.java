package io.stretchc.cli;

import io.stretchc.compile.ConfigCompiler;
import io.stretchc.compile.ConfigFile;
import io.stretchc.diag.Nearest;
import io.stretchc.diag.Quote;
import io.stretchc.quorum.Quorum;
import io.stretchc.quorum.Technique;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ReserveFactory;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc arbiter}: just the configurations of the reserves of a site, declared or not. */
@CommandLine.Command(
        name = "arbiter",
        description = {
            "Write just the arbiter or stand-in configurations that a site keeps ready.",
            "What the topology does not declare is made on free ports of the site: as many arbiters as the loss of"
                    + " another site calls for, or stand-ins where the nats-server version needs those. Such files"
                    + " are no part of the topology: `compile` neither updates nor removes them."
        },
        footerHeading = "%nExample:%n",
        footer = "  stretchc arbiter topologies/stretch.yaml --site emea --count 2")
final class ArbiterCommand extends Command {
    @Parameters(paramLabel = "TOPOLOGY", description = "Topology file.")
    private String file = "";

    @Option(names = "--site", required = true, paramLabel = "S", description = "Site in which they run.")
    private String site = "";

    @Option(names = "--count", paramLabel = "N", description = "How many arbiters, instead of as many as are declared.")
    private @Nullable Integer count;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    ExitCode run(Console console) {
        if (count != null && (count < 1 || count > 100)) {
            console.err().println("stretchc: --count is from 1 to 100.");
            return ExitCode.USAGE;
        }
        var loaded = new TopologyLoader(console.engines().schema(), null).load(SourceText.read(file, console.in()));
        ResolvedTopology topology = loaded.topology();
        if (topology != null) {
            List<String> names =
                    topology.source().sites().stream().map(s -> s.name().text()).toList();
            if (!names.contains(site)) {
                String hint = Nearest.to(site, names)
                        .map(n -> " Did you mean " + Quote.of(n) + "?")
                        .orElse("");
                console.err()
                        .println("stretchc: the topology has no site " + Quote.of(site) + "; it has " + Quote.all(names)
                                + "." + hint);
                return ExitCode.USAGE;
            }
            Optional<String> refusal = loaded.failed() ? Optional.empty() : refusal(topology);
            if (refusal.isPresent()) {
                console.err().println("stretchc: " + refusal.get());
                return ExitCode.REFUSED;
            }
        }
        var compiler = new ConfigCompiler(console.engines().templates());
        return new OutputWriter(console, output).write(List.of(file), t -> files(compiler, t), false);
    }

    private List<ConfigFile> files(ConfigCompiler compiler, ResolvedTopology topology) {
        ClusterModel whole = topology.backbone();
        ClusterModel reserves = whole.withReserves(wanted(topology));
        var files = new ArrayList<>(compiler.servers(reserves, s -> s.role() != Role.SERVER));
        files.add(compiler.accounts(whole));
        return files;
    }

    private List<ServerModel> wanted(ResolvedTopology topology) {
        Site here = site(topology);
        ClusterModel cluster = topology.backbone();
        List<ServerModel> declared = cluster.reserves().stream()
                .filter(r -> r.role() != Role.REPLACEMENT && here.name().equals(r.site()))
                .toList();
        var factory = new ReserveFactory(cluster, here);
        if (count != null) {
            return factory.arbiters(count);
        }
        if (!declared.isEmpty()) {
            return declared;
        }
        ServerVersion version = java.util.Objects.requireNonNull(cluster.version());
        return switch (Technique.bestOn(version)) {
            case ARBITER, NEW_SERVERS -> factory.arbiters(needed(topology, version));
            case STAND_INS -> factory.standIns(elsewhere(topology));
            case RESCUE -> List.of();
        };
    }

    /** Why there is nothing to write. */
    private Optional<String> refusal(ResolvedTopology topology) {
        if (topology.backbone().servers().isEmpty()) {
            return Optional.of("the topology has no server yet, so there is nothing to hold an arbiter ready for.");
        }
        if (topology.backbone().lone()) {
            return Optional.of("the cluster is one server, which runs without a meta group, so that an arbiter has"
                    + " nothing to vote in. Add servers, or declare the arbiter in the topology.");
        }
        if (count != null) {
            return newNamesIgnored(topology);
        }
        boolean none = topology.backbone().version() == null || wanted(topology).isEmpty();
        if (!none) {
            return Optional.empty();
        }
        ServerVersion version = topology.backbone().version();
        boolean rescue = version != null && Technique.bestOn(version) == Technique.RESCUE;
        return Optional.of((rescue
                        ? "nats-server " + version + " needs no arbiter: META.RESCUE brings the quorum back without"
                                + " further servers."
                        : "the loss of no other site costs the meta quorum, so no arbiter is needed.")
                + " Declare arbiters or stand-ins to have some all the same.");
    }

    /** Arbiters have new names, whose votes count for nothing from some versions on. */
    private static Optional<String> newNamesIgnored(ResolvedTopology topology) {
        ServerVersion version = topology.backbone().version();
        if (version == null || Technique.NEW_SERVERS.worksOn(version) || Technique.ARBITER.worksOn(version)) {
            return Optional.empty();
        }
        return Optional.of("nats-server " + version + " ignores the votes of servers with new names, so that no number"
                + " of arbiters brings the quorum back. "
                + (Technique.RESCUE.worksOn(version)
                        ? "META.RESCUE does, without further servers."
                        : "Stand-ins do, which this command writes without --count."));
    }

    private Site site(ResolvedTopology topology) {
        return topology.source().sites().stream()
                .filter(s -> s.name().text().equals(site))
                .findFirst()
                .orElseThrow();
    }

    /** The most that the loss of any one other site calls for. */
    private int needed(ResolvedTopology topology, ServerVersion version) {
        Technique technique = Technique.bestOn(version);
        List<ServerModel> voters = topology.backbone().voters();
        return critical(topology).stream()
                .mapToInt(lost -> technique.serversNeeded(version, voters.size(), alive(voters, lost)))
                .max()
                .orElse(0);
    }

    /** Voters of the other sites whose loss costs the quorum. */
    private List<ServerName> elsewhere(ResolvedTopology topology) {
        List<Site> lost = critical(topology);
        return topology.backbone().voters().stream()
                .filter(v -> lost.stream().anyMatch(s -> s.name().equals(v.site())))
                .map(ServerModel::name)
                .toList();
    }

    private List<Site> critical(ResolvedTopology topology) {
        List<ServerModel> voters = topology.backbone().voters();
        return topology.source().sites().stream()
                .filter(other -> !other.name().text().equals(site))
                .filter(other -> alive(voters, other) > 0 && alive(voters, other) < Quorum.of(voters.size()))
                .toList();
    }

    private static int alive(List<ServerModel> voters, Site lost) {
        return (int) voters.stream().filter(v -> !lost.name().equals(v.site())).count();
    }
}
