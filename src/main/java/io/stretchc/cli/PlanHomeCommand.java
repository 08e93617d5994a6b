package io.stretchc.cli;

import io.stretchc.plan.Scenario;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code stretchc plan home}: streams and leaders that live away come home. */
@CommandLine.Command(
        name = "home",
        description = {
            "Plan how streams and leaders that live away come home: one change per stream, leaders last.",
            "`apply` moves them under its byte budget (--moves, --move-bytes)."
        },
        footerHeading = "%nExample:%n",
        footer = "  stretchc plan home topologies/stretch.yaml -o plan.yaml")
final class PlanHomeCommand extends Command {
    @Mixin
    private PlanOptions options = new PlanOptions();

    @Override
    ExitCode run(Console console) {
        return new PlanMaking(console, options).make(new Scenario.Home(), null);
    }
}
