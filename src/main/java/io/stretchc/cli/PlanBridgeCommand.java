package io.stretchc.cli;

import io.stretchc.plan.Scenario;
import io.stretchc.topology.SiteName;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stretchc plan bridge}: a site is away for a while. */
@CommandLine.Command(
        name = "bridge",
        description = {
            "Plan how to do without a site that will be back with its data.",
            "The meta group gets its quorum back; nobody is removed, and streams stay where they are."
        },
        footerHeading = "%nExample:%n",
        footer = "  stretchc plan bridge --lost us topologies/stretch.yaml -o plan.yaml")
final class PlanBridgeCommand extends Command {
    @Option(names = "--lost", required = true, paramLabel = "SITE", description = "Site that is away.")
    private String lost = "";

    @Mixin
    private TechniqueOption technique = new TechniqueOption();

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Override
    ExitCode run(Console console) {
        return new PlanMaking(console, options).make(new Scenario.Bridge(new SiteName(lost)), technique.technique);
    }
}
