package io.stretchc.cli;

import io.stretchc.topology.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc validate}: everything there is to say about topologies, in one run. */
@CommandLine.Command(
        name = "validate",
        description = "Check topologies: schema, then meaning; every finding in one run.",
        footerHeading = "%nExample:%n",
        footer = "  stretchc validate topologies/*.yaml --format sarif > findings.sarif")
final class ValidateCommand extends Command {
    @Parameters(arity = "1..*", paramLabel = "TOPOLOGY", description = "Topology files; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--format", paramLabel = "F", description = "text, json, sarif or github.")
    private Reporter.Format format = Reporter.Format.text;

    @Option(names = "--strict", description = "Let warnings fail too.")
    private boolean strict;

    @Option(
            names = "--server-version",
            paramLabel = "V",
            converter = VersionOption.class,
            description = "Check for this nats-server version instead of the declared one.")
    private @Nullable ServerVersion version;

    @Override
    ExitCode run(Console console) {
        var loader = new TopologyLoader(console.engines().schema(), version);
        var loaded = new ArrayList<TopologyLoader.Loaded>();
        for (String file : files) {
            loaded.add(loader.load(SourceText.read(file, console.in())));
        }
        var reporter = new Reporter(strict);
        console.out().print(reporter.render(loaded, format, console.colour().out()));
        console.err().println(Reporter.view(loaded).summary());
        return reporter.fails(loaded) ? ExitCode.INVALID : ExitCode.OK;
    }
}
