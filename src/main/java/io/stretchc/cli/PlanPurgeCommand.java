package io.stretchc.cli;

import io.stretchc.plan.Scenario;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code stretchc plan purge}: no trace of servers that the topology does not have is left. */
@CommandLine.Command(
        name = "purge",
        description = {
            "Plan how every trace of servers that the topology does not have goes: members of the meta group,",
            "peers of streams and consumers, servers that still run, reserves that are not needed any more."
        },
        footerHeading = "%nExample:%n",
        footer = "  stretchc plan purge topologies/stretch.yaml -o plan.yaml")
final class PlanPurgeCommand extends Command {
    @Mixin
    private PlanOptions options = new PlanOptions();

    @Override
    ExitCode run(Console console) {
        return new PlanMaking(console, options).make(new Scenario.Purge(), null);
    }
}
