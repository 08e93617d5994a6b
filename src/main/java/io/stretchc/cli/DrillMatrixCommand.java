package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.drill.DrillReport;
import io.stretchc.render.DrillJunit;
import io.stretchc.render.DrillText;
import io.stretchc.render.DrillView;
import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc drill matrix}: drills on one release after the other. */
@CommandLine.Command(
        name = "matrix",
        description = {
            "Hold drills on one nats-server release after the other, one of each way of getting a quorum back.",
            "Releases that are not here are fetched. Ends with 3 when one of the drills did not pass."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc drill matrix topologies/stretch.yaml",
            "  stretchc drill matrix topologies/stretch.yaml --scenario recover,bridge --versions 2.10.27,2.15.1"
        })
final class DrillMatrixCommand extends Command {
    @Parameters(paramLabel = "TOPOLOGY", description = "Topology file.")
    private String file = "";

    @Option(
            names = "--versions",
            paramLabel = "V",
            split = ",",
            converter = VersionOption.class,
            description = "Releases, joined by commas (default: ${DEFAULT-VALUE}).",
            defaultValue = "2.9.10,2.10.27,2.11.17,2.12.8,2.12.15,2.14.5,2.15.1")
    private List<ServerVersion> versions = new ArrayList<>();

    @Option(
            names = "--scenario",
            paramLabel = "S",
            split = ",",
            description = "${COMPLETION-CANDIDATES}; several joined by commas (default: ${DEFAULT-VALUE}).",
            defaultValue = "recover")
    private List<DrillScenario> scenarios = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the reports go, a directory for each drill (default: ${DEFAULT-VALUE}).",
            defaultValue = "drills")
    private String out = "";

    @Mixin
    private DrillOptions options = new DrillOptions();

    @Override
    ExitCode run(Console console) {
        var reports = new ArrayList<DrillReport>();
        try {
            Path directory = Path.of(out);
            for (ServerVersion version : versions) {
                for (DrillScenario s : scenarios) {
                    Path to = directory.resolve("drill-" + version + "-" + s);
                    DrillReport report = new DrillRun(console, options, file, s, version, to).run();
                    if (report == null) {
                        return ExitCode.INVALID;
                    }
                    reports.add(report);
                }
            }
            Files.writeString(directory.resolve("junit.xml"), DrillJunit.render(reports), StandardCharsets.UTF_8);
            Files.writeString(directory.resolve("drills.json"), DrillView.json(reports), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            console.err()
                    .println("stretchc: the reports cannot be written to " + Quote.of(out)
                            + "; check that it is a directory that may be written to.");
            return ExitCode.INVALID;
        }
        console.out().print(options.format == ViewFormat.json ? DrillView.json(reports) : DrillText.table(reports));
        return reports.stream().allMatch(r -> r.outcome().good()) ? ExitCode.OK : ExitCode.DIFFERENT;
    }
}
