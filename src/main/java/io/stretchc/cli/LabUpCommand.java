package io.stretchc.cli;

import io.stretchc.binary.BinaryFault;
import io.stretchc.binary.BinaryFinder;
import io.stretchc.binary.ServerBinary;
import io.stretchc.binary.WantedVersion;
import io.stretchc.compile.ConfigCompiler;
import io.stretchc.diag.Quote;
import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabName;
import io.stretchc.lab.LabPlan;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.LabState;
import io.stretchc.lab.LabView;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc lab up}: a topology as real local servers. */
@CommandLine.Command(
        name = "up",
        description = {
            "Run a topology as real nats-server processes on this machine, and wait until it is ready.",
            "",
            "They run on when the command has ended, until `lab down`. Ports are those of the topology unless"
                    + " --ports or --netns is given; every address is one of this machine. Streams of the topology"
                    + " are created. The same command again starts what has ended."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc lab up topologies/stretch.yaml",
            "  stretchc lab up topologies/stretch.yaml --server-version 2.10.27 --server-version us=2.15.1",
            "  stretchc lab up topologies/stretch.yaml --name second --ports 15000"
        })
final class LabUpCommand extends Command {
    private static final String ALL = "";

    @Parameters(paramLabel = "TOPOLOGY", description = "Topology file.")
    private String file = "";

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the lab; else that of the cluster.")
    private @Nullable String name;

    @Option(
            names = "--server-version",
            paramLabel = "[NAME=]V",
            description = "nats-server release to run, fetched if it is not here; with the name of a server or site,"
                    + " for that one. May be repeated.")
    private List<String> versions = new ArrayList<>();

    @Option(names = "--ports", paramLabel = "FIRST", description = "Count ports up from this one instead.")
    private @Nullable Integer ports;

    @Option(
            names = "--netns",
            description = "Give every server a network namespace, so that `lab partition` works; Linux, as root.")
    private boolean networks;

    @Option(names = "--no-streams", description = "Create no streams.")
    private boolean noStreams;

    @Option(names = "--no-wait", description = "Do not wait until the cluster is ready.")
    private boolean noWait;

    @Option(names = "--timeout", paramLabel = "S", description = "Seconds to wait at most; 60 unless given.")
    private int timeout = 60;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec line;

    @Override
    ExitCode run(Console console) {
        if (networks && ports != null) {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(line).commandLine(),
                    "With --netns every server has an address and the topology's ports, so that --ports has no"
                            + " meaning.");
        }
        Instant start = Instant.now();
        Map<String, ServerVersion> wanted = wanted();
        ResolvedTopology topology = TopologyLoader.read(console, file, wanted.get(ALL));
        if (topology == null) {
            return ExitCode.INVALID;
        }
        try {
            LabName lab = name == null
                    ? LabName.ofCluster(topology.backbone().name())
                    : LabName.parse(name)
                            .orElseThrow(() -> new LabFault(
                                    LabFault.Reason.INVALID,
                                    Quote.of(String.valueOf(name))
                                            + " cannot name a lab: letters, digits, `_`, `-` and `.` can."));
            Map<String, ServerBinary> binaries = binaries(console, topology, wanted);
            ResolvedTopology oldest = onOldest(console, topology, wanted, binaries);
            var compiler = new ConfigCompiler(console.engines().templates());
            var plan = new LabPlan(
                    lab,
                    Path.of(file).toAbsolutePath().normalize(),
                    oldest,
                    ports,
                    networks,
                    s -> Objects.requireNonNull(binaries.get(key(s))),
                    compiler::compile,
                    new LabKeys());
            Lab.Opened opened = Lab.make(Labs.of(console.environment()).home(), plan, console.environment());
            try (Lab made = opened.lab()) {
                opened.notes().forEach(n -> console.err().println("lab " + lab + ": " + n));
                return up(console, made, oldest, opened.fresh(), start);
            }
        } catch (LabFault e) {
            return LabAction.say(console, e);
        } catch (BinaryFault e) {
            e.lines().forEach(l -> console.err().println("stretchc: " + l));
            return ExitCode.UNREACHABLE;
        }
    }

    private ExitCode up(Console console, Lab lab, ResolvedTopology topology, boolean fresh, Instant start)
            throws LabFault {
        List<LabServer> members = Lab.members(lab.state());
        List<LabServer> started;
        try {
            started = lab.start(members);
        } catch (LabFault e) {
            if (fresh) {
                lab.down(); // what could not begin leaves nothing behind
            }
            throw e;
        }
        console.err().println("lab " + lab.state().name() + ": " + started.size() + " servers started");
        boolean complete = true;
        if (!noWait) {
            var readiness = new Readiness(console, lab, Duration.ofSeconds(timeout), true);
            for (LabState.Cluster cluster : lab.state().clusters()) {
                readiness.await(cluster, members);
            }
            if (!noStreams) {
                complete = new DeclaredStreams(console, lab.state(), topology).create();
                readiness.await(lab.state().backbone(), members);
            }
        }
        console.out().print(LabView.text(List.of(lab.state())));
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        console.err()
                .println(String.format(
                        java.util.Locale.ROOT,
                        noWait ? "lab %s: started, in %.1f s" : "lab %s: ready, in %.1f s",
                        lab.state().name(),
                        seconds));
        return complete ? ExitCode.OK : ExitCode.DIFFERENT;
    }

    /** Versions by the name of a server or site; the one for all others has no name. */
    private Map<String, ServerVersion> wanted() {
        var wanted = new TreeMap<String, ServerVersion>();
        for (String text : versions) {
            int at = text.lastIndexOf('=');
            Optional<ServerVersion> version = WantedVersion.parse(text.substring(at + 1))
                    .filter(w -> !w.line())
                    .map(WantedVersion::lowest);
            if (version.isEmpty()) {
                throw new CommandLine.ParameterException(
                        Objects.requireNonNull(line).commandLine(),
                        Quote.of(text) + " names no release, as 2.12.15 or us_1=2.12.15 does.");
            }
            wanted.put(at < 0 ? ALL : text.substring(0, at), version.get());
        }
        return wanted;
    }

    private static String key(ServerModel server) {
        return server.file() + " " + server.path();
    }

    private Map<String, ServerBinary> binaries(
            Console console, ResolvedTopology topology, Map<String, ServerVersion> wanted)
            throws LabFault, BinaryFault {
        List<ServerModel> servers =
                topology.clusters().stream().flatMap(c -> c.all()).toList();
        for (String target : wanted.keySet()) {
            if (!target.equals(ALL)
                    && servers.stream()
                            .noneMatch(s -> s.name().text().equals(target)
                                    || (s.site() != null && s.site().text().equals(target)))) {
                throw new LabFault(
                        LabFault.Reason.INVALID,
                        "The topology has no server or site " + Quote.of(target) + ", which --server-version names.");
            }
        }
        ServerVersion usual = wanted.getOrDefault(ALL, topology.backbone().version());
        var finder = new BinaryFinder(console.environment(), console.err()::println, InstantSource.system());
        var found = new TreeMap<ServerVersion, ServerBinary>();
        var binaries = new TreeMap<String, ServerBinary>();
        for (ServerModel server : servers) {
            ServerVersion version = wanted.getOrDefault(
                    server.name().text(),
                    wanted.getOrDefault(
                            server.site() == null ? ALL : server.site().text(), usual));
            if (version == null) {
                throw new LabFault(
                        LabFault.Reason.INVALID,
                        "The topology does not say which nats-server runs: give --server-version.");
            }
            ServerBinary binary = found.get(version);
            if (binary == null) {
                binary = finder.fetch(WantedVersion.exactly(version));
                found.put(version, binary);
            }
            binaries.put(key(server), binary);
        }
        return binaries;
    }

    /** Configurations are made for the oldest release that runs: what it does not know, it refuses. */
    private ResolvedTopology onOldest(
            Console console,
            ResolvedTopology topology,
            Map<String, ServerVersion> wanted,
            Map<String, ServerBinary> binaries)
            throws LabFault {
        ServerVersion oldest = binaries.values().stream()
                .map(ServerBinary::version)
                .min(ServerVersion::compareTo)
                .orElseThrow(() -> new LabFault(LabFault.Reason.INVALID, "The topology has no servers to run."));
        if (oldest.equals(topology.backbone().version()) || oldest.equals(wanted.get(ALL))) {
            return topology;
        }
        ResolvedTopology again = TopologyLoader.read(console, file, oldest);
        if (again == null) {
            throw new LabFault(
                    LabFault.Reason.INVALID,
                    "On nats-server " + oldest + " the topology does not hold, as said above.");
        }
        return again;
    }
}
