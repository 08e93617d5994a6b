package io.stretchc.cli;

import io.stretchc.plan.Scenario;
import io.stretchc.topology.SiteName;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stretchc plan return}: a site that was away comes back. */
@CommandLine.Command(
        name = "return",
        description = {
            "Plan how a site that was away comes back with its data.",
            "Its servers start with their stores, streams become whole, and what bridged its absence goes."
        },
        footerHeading = "%nExample:%n",
        footer = "  stretchc plan return --site us topologies/stretch.yaml -o plan.yaml")
final class PlanReturnCommand extends Command {
    @Option(names = "--site", required = true, paramLabel = "SITE", description = "Site that comes back.")
    private String site = "";

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Override
    ExitCode run(Console console) {
        return new PlanMaking(console, options).make(new Scenario.Return(new SiteName(site)), null);
    }
}
