package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.nats.LoginFault;
import io.stretchc.observe.ArchiveFault;
import io.stretchc.observe.ArchiveReader;
import io.stretchc.observe.QueryFault;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Gap;
import io.stretchc.status.CensusText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc observe}: the live cluster as a snapshot. */
@CommandLine.Command(
        name = "observe",
        description = {
            "Look at a live cluster and write what is seen as a snapshot.",
            "Changes nothing. Takes a login to the system account: by the flags below, else of a running lab of the"
                    + " topology, else of the topology's own users, else the selected context of the nats CLI."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc observe topologies/stretch.yaml -o snapshot.json",
            "  stretchc observe --context local-admin --account-context acc1=local > snapshot.json",
            "  stretchc observe --archive gathered.zip -o snapshot.json"
        })
final class ObserveCommand extends Command {
    private static final int MOST_GAPS = 20;

    @Parameters(arity = "0..1", paramLabel = "TOPOLOGY", description = "Topology file, to say who should be there.")
    private @Nullable String file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the snapshot there, not to standard output.")
    private @Nullable String output;

    @Option(
            names = "--archive",
            paramLabel = "FILE",
            description = "Look at an archive of `nats audit gather` instead of a live cluster.")
    private @Nullable String archive;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    ExitCode run(Console console) {
        ResolvedTopology topology = null;
        if (file != null) {
            topology = TopologyLoader.read(console, file, null);
            if (topology == null) {
                return ExitCode.INVALID;
            }
        }
        try {
            ClusterSnapshot snapshot = look(console, topology);
            return write(console, snapshot, topology);
        } catch (QueryFault | LoginFault | ArchiveFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return e instanceof ArchiveFault ? ExitCode.INVALID : ExitCode.UNREACHABLE;
        }
    }

    private ClusterSnapshot look(Console console, @Nullable ResolvedTopology topology)
            throws QueryFault, LoginFault, ArchiveFault {
        ClusterModel cluster = topology == null ? null : topology.backbone();
        if (archive != null) {
            return ArchiveReader.read(path(archive), LiveCluster.expected(cluster));
        }
        try (var live = LiveCluster.connect(connection.logins(console, topology))) {
            return live.observe(LiveCluster.expected(cluster));
        }
    }

    private static Path path(String name) throws ArchiveFault {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ArchiveFault("The name " + Quote.of(name) + " is not a path.");
        }
    }

    private ExitCode write(Console console, ClusterSnapshot snapshot, @Nullable ResolvedTopology topology) {
        try {
            SnapshotFile.write(snapshot, output, console);
        } catch (IOException e) {
            console.err()
                    .println("stretchc: the snapshot cannot be written to " + Quote.of(String.valueOf(output))
                            + "; check that the directory is there and may be written to.");
            return ExitCode.INVALID;
        }
        Census census = Census.of(
                snapshot, topology == null ? null : LiveCluster.roll(topology.backbone(), topology.leafClusters()));
        summary(console, snapshot);
        CensusText.of(census).forEach(console.err()::println);
        return census.twoClusters() ? ExitCode.REFUSED : ExitCode.OK;
    }

    private static void summary(Console console, ClusterSnapshot snapshot) {
        String leader = snapshot.meta().now().leader() == null
                ? "no meta leader"
                : "meta leader " + Quote.of(snapshot.meta().now().leader());
        long led = snapshot.streams().stream()
                .filter(s -> s.now().leader() != null)
                .count();
        console.err()
                .println("cluster " + Quote.of(snapshot.cluster()) + ": "
                        + count(snapshot.members().size(), "server") + ", " + leader + " of "
                        + count(snapshot.meta().size(), "member") + ", "
                        + count(snapshot.streams().size(), "stream") + " (" + led + " with a leader), "
                        + count(snapshot.gaps().size(), "gap"));
        for (Gap gap : snapshot.gaps().stream().limit(MOST_GAPS).toList()) {
            console.err().println("  not seen: " + Quote.plain(gap.subject()) + ": " + Quote.sentence(gap.reason()));
        }
        if (snapshot.gaps().size() > MOST_GAPS) {
            console.err().println("  and " + (snapshot.gaps().size() - MOST_GAPS) + " more");
        }
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
