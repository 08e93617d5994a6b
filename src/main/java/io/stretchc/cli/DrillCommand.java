package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.drill.DrillReport;
import io.stretchc.render.DrillText;
import io.stretchc.render.DrillView;
import io.stretchc.topology.ServerVersion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc drill}: a night on which a site is lost, for real, on this machine. */
@CommandLine.Command(
        name = "drill",
        description = {
            "Lose a site for real, on this machine, and get it back: with the commands that a person would type.",
            "",
            "A lab of real servers, a load with a ledger, leaders in the site to be lost, SIGKILL, then plan and apply,"
                    + " the way back, verify and audit. Writes report.html, junit.xml, drill.json and all that the"
                    + " commands made into a directory. Ends with 3 when an invariant or a promise is broken, with 5"
                    + " when a command did not do what it should. The lab has a name of its own, and is gone in the end."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc drill topologies/stretch.yaml --scenario recover",
            "  stretchc drill topologies/stretch.yaml --scenario bridge --server-version 2.15.1",
            "  stretchc drill matrix topologies/stretch.yaml"
        },
        subcommands = DrillMatrixCommand.class)
final class DrillCommand extends Command {
    @Parameters(arity = "0..1", paramLabel = "TOPOLOGY", description = "Topology file.")
    private @Nullable String file;

    @Option(names = "--scenario", paramLabel = "S", description = "${COMPLETION-CANDIDATES}.")
    private @Nullable DrillScenario scenario;

    @Option(
            names = "--server-version",
            paramLabel = "V",
            converter = VersionOption.class,
            description = "nats-server release to run, fetched if it is not here.")
    private @Nullable ServerVersion version;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes; drill-VERSION-SCENARIO if not given.")
    private @Nullable String out;

    @Mixin
    private DrillOptions options = new DrillOptions();

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec line;

    @Override
    ExitCode run(Console console) {
        // not marked as required, since `drill matrix` would have to give them too
        if (file == null || scenario == null) {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(line).commandLine(),
                    file == null ? "The topology file is missing." : "--scenario is missing; --help lists them.");
        }
        Path directory;
        try {
            directory = out == null ? null : Path.of(out);
        } catch (InvalidPathException e) {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(line).commandLine(), Quote.of(String.valueOf(out)) + " is not a path.");
        }
        DrillReport report = new DrillRun(console, options, file, scenario, version, directory).run();
        if (report == null) {
            return ExitCode.INVALID;
        }
        console.out().print(options.format == ViewFormat.json ? DrillView.json(report) : DrillText.of(report));
        return exit(report);
    }

    static ExitCode exit(DrillReport report) {
        return switch (report.outcome()) {
            case PASSED, REFUSED_AS_IT_MUST -> ExitCode.OK;
            case BROKEN -> ExitCode.DIFFERENT;
            case STOPPED -> ExitCode.STOPPED;
        };
    }
}
