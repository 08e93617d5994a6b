package io.stretchc.cli;

import io.stretchc.nats.LoginFault;
import io.stretchc.nats.Logins;
import io.stretchc.observe.QueryFault;
import io.stretchc.render.BackupView;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.vault.BackupFault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stretchc backup}: streams of a live cluster to disk. */
@CommandLine.Command(
        name = "backup",
        description = {
            "Back up streams of a live cluster with their consumers, as the nats CLI does, with checksums beside.",
            "DIR gets a directory for each account, in it one for each stream, which `nats stream restore` and"
                    + " `stretchc restore-stream` take. Each is complete or not there. The same command again goes on where"
                    + " it stopped, and passes over streams that did not change. Streams without a leader are named, and"
                    + " end it with 3. The login is found as for `observe`."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc backup topologies/stretch.yaml --out backups/monday",
            "  stretchc backup topologies/stretch.yaml --out backups/orders --account acc1 --stream foo"
        })
final class BackupCommand extends Command {
    private static final int MOST_PARALLEL = 16;
    private static final int LARGEST_CHUNK = 1024;
    private static final int LARGEST_WINDOW = 32;

    @Parameters(arity = "0..1", paramLabel = "TOPOLOGY", description = "Topology file, whose contexts lead in.")
    private @Nullable String file;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Directory of the backups.")
    private String out = "";

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only streams of this account; repeat for more.")
    private List<String> accounts = new ArrayList<>();

    @Option(names = "--stream", paramLabel = "STREAM", description = "Only streams of this name; repeat for more.")
    private List<String> streams = new ArrayList<>();

    @Option(names = "--parallel", paramLabel = "N", description = "Streams at a time, 1 to 16; 2 unless given.")
    private int parallel = 2;

    @Option(names = "--chunk", paramLabel = "KB", description = "Kilobytes of a piece, 1 to 1024; 128 unless given.")
    private int chunk = 128;

    @Option(
            names = "--window",
            paramLabel = "MB",
            description = "Megabytes on their way for one stream, 1 to 32; 8 unless given.")
    private int window = 8;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private ViewFormat format = ViewFormat.text;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    ExitCode run(Console console) {
        within("--parallel", parallel, MOST_PARALLEL);
        within("--chunk", chunk, LARGEST_CHUNK);
        within("--window", window, LARGEST_WINDOW);
        ResolvedTopology topology = null;
        if (file != null) {
            topology = TopologyLoader.read(console, file, null);
            if (topology == null) {
                return ExitCode.INVALID;
            }
        }
        try {
            Logins logins = connection.logins(console, topology);
            ClusterSnapshot seen;
            try (var live = LiveCluster.connect(logins)) {
                seen = live.observe(LiveCluster.expected(topology == null ? null : topology.backbone()));
            }
            try (var reached = new LiveAccounts(logins)) {
                var run = new BackupRun(console, out, parallel, chunk << 10, window << 20);
                BackupView view = run.take(seen, reached, accounts, streams);
                console.out().print(format == ViewFormat.json ? view.json() : view.text());
                return view.complete() ? ExitCode.OK : ExitCode.DIFFERENT;
            }
        } catch (QueryFault | LoginFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        } catch (BackupFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.INVALID;
        }
    }

    private void within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    java.util.Objects.requireNonNull(spec).commandLine(),
                    "`" + option + "` takes a number from 1 to " + most + ".");
        }
    }
}
