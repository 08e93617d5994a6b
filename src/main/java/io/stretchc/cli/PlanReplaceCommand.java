package io.stretchc.cli;

import io.stretchc.plan.Scenario;
import io.stretchc.topology.ServerName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc plan replace}: the role of a server that is gone for good is taken by another. */
@CommandLine.Command(
        name = "replace",
        description = {
            "Plan how another server takes the role of one that is gone for good.",
            "By its replacement in the topology, under a new name; or by a server that runs, which is given its tags."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc plan replace us_2 topologies/stretch.yaml -o plan.yaml",
            "  stretchc plan replace us_2 --by us_3 topologies/stretch.yaml -o plan.yaml"
        })
final class PlanReplaceCommand extends Command {
    @Parameters(index = "0", paramLabel = "SERVER", description = "Server that is gone for good.")
    private String server = "";

    @Option(names = "--by", paramLabel = "SERVER", description = "A server that runs, or a replacement kept ready.")
    private @Nullable String by;

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Override
    ExitCode run(Console console) {
        var replace = new Scenario.Replace(new ServerName(server), by == null ? null : new ServerName(by));
        return new PlanMaking(console, options).make(replace, null);
    }
}
