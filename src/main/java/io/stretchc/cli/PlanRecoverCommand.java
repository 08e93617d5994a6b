package io.stretchc.cli;

import io.stretchc.plan.Scenario;
import io.stretchc.topology.SiteName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stretchc plan recover}: a site is gone for good. */
@CommandLine.Command(
        name = "recover",
        description = {
            "Plan the way on without a site that is gone for good.",
            "The meta group gets its quorum back, streams go where survivors are, the dead are removed. The order is that"
                    + " of the nats-server version that runs."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc plan recover --lost us topologies/stretch.yaml -o plan.yaml",
            "  stretchc plan recover --lost us topologies/stretch.yaml --backups backups -o plan.yaml"
        })
final class PlanRecoverCommand extends Command {
    @Option(names = "--lost", required = true, paramLabel = "SITE", description = "Site that is gone.")
    private String lost = "";

    @Option(
            names = "--backups",
            paramLabel = "DIR",
            description =
                    "Directory of backups: a stream of which no copy is left is restored from its newest whole one.")
    private @Nullable String backups;

    @Mixin
    private TechniqueOption technique = new TechniqueOption();

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Override
    ExitCode run(Console console) {
        return new PlanMaking(console, options)
                .make(new Scenario.Recover(new SiteName(lost)), technique.technique, backups);
    }
}
