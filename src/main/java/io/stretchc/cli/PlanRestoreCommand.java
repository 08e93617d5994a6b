package io.stretchc.cli;

import io.stretchc.plan.Scenario;
import io.stretchc.topology.SiteName;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stretchc plan restore}: a site that was given up comes back. */
@CommandLine.Command(
        name = "restore",
        description = {
            "Plan how a site that was given up comes back empty, under new names or under those that it had.",
            "Its servers join, streams and leaders go home, and what stood in for them goes."
        },
        footerHeading = "%nExample:%n",
        footer = "  stretchc plan restore --site us topologies/stretch.yaml -o plan.yaml")
final class PlanRestoreCommand extends Command {
    @Option(names = "--site", required = true, paramLabel = "SITE", description = "Site that comes back.")
    private String site = "";

    @Option(
            names = "--same-names",
            description =
                    "Under its old names: removed ones are admitted again, stand-ins change places with originals.")
    private boolean sameNames;

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Override
    ExitCode run(Console console) {
        return new PlanMaking(console, options).make(new Scenario.Restore(new SiteName(site), sameNames), null);
    }
}
