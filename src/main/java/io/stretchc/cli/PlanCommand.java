package io.stretchc.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stretchc plan}: the ordered plan of a scenario. */
@CommandLine.Command(
        name = PlanCommand.NAME,
        description = {
            "Make an ordered plan from a topology and a live cluster, or a snapshot of one.",
            "Changes nothing. The plan is a file that `show` renders and people approve."
        },
        synopsisSubcommandLabel = "SCENARIO",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc plan recover --lost us topologies/stretch.yaml -o plan.yaml",
            "  stretchc plan bridge --lost us topologies/stretch.yaml --snapshot snapshot.json",
            "  stretchc plan restore --site us topologies/stretch.yaml -o plan.yaml"
        })
final class PlanCommand extends Command {
    static final String NAME = "plan";

    /** Its commands, which are added when they are called, as those of the program are. */
    static final List<Class<?>> SCENARIOS = List.of(
            PlanRecoverCommand.class,
            PlanBridgeCommand.class,
            PlanRestoreCommand.class,
            PlanReturnCommand.class,
            PlanReadmitCommand.class,
            PlanPurgeCommand.class,
            PlanFallbackCommand.class,
            PlanReplaceCommand.class,
            PlanHomeCommand.class);

    @Spec
    private @org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    ExitCode run(Console console) {
        throw new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), "A scenario is missing.");
    }
}
