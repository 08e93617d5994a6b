package io.stretchc.cli;

import io.stretchc.nats.LoginFault;
import io.stretchc.observe.QueryFault;
import io.stretchc.resolve.ResolvedTopology;
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

/** {@code stretchc restore-stream}: streams from disk into a live cluster. */
@CommandLine.Command(
        name = "restore-stream",
        description = {
            "Restore streams with their consumers from backups of `stretchc backup` or the nats CLI.",
            "Every backup is read to its end first: one that is cut off, changed or incomplete is refused, and so is a"
                    + " stream that exists, before anything is touched. It ends when each stream has its leader and its"
                    + " replicas, all current. A stream keeps its name: a nats-server restores it under no other. The login"
                    + " is found as for `observe`."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc restore-stream backups/monday/acc1/foo --topology topologies/stretch.yaml",
            "  stretchc restore-stream backups/monday --account acc1 --stream foo --tag dc:2 --context admin"
        })
final class RestoreStreamCommand extends Command {
    @Parameters(paramLabel = "DIR", description = "Directory of one backup, or one that has some below it.")
    String directory = "";

    @Option(names = "--topology", paramLabel = "FILE", description = "Topology file, whose contexts lead in.")
    @Nullable
    String topology;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "Only backups of this account; for one that does not say its account, where it goes.")
    @Nullable
    String account;

    @Option(names = "--stream", paramLabel = "STREAM", description = "Only streams of this name; repeat for more.")
    List<String> streams = new ArrayList<>();

    @Option(names = "--tag", paramLabel = "TAG", description = "Place them by this tag, instead of theirs; repeat.")
    List<String> tags = new ArrayList<>();

    @Option(names = "--replicas", paramLabel = "N", description = "Replicas, 1 to 5, instead of theirs.")
    int replicas;

    @Option(names = "--check", description = "Only read the backups to their end, and say what is in them.")
    boolean check;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    ExitCode run(Console console) {
        if (replicas < 0 || replicas > 5) {
            throw new ParameterException(
                    java.util.Objects.requireNonNull(spec).commandLine(), "`--replicas` takes a number from 1 to 5.");
        }
        ResolvedTopology resolved = null;
        if (topology != null) {
            resolved = TopologyLoader.read(console, topology, null);
            if (resolved == null) {
                return ExitCode.INVALID;
            }
        }
        try {
            return new RestoreRun(console, this, resolved).run();
        } catch (QueryFault | LoginFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        } catch (BackupFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.INVALID;
        }
    }
}
