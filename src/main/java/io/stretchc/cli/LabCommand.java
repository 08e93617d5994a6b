package io.stretchc.cli;

import picocli.CommandLine;

/** {@code stretchc lab}: real local servers. */
@CommandLine.Command(
        name = "lab",
        description = "Run topologies as real nats-server processes on this machine, and hurt them.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc lab up topologies/stretch.yaml",
            "  stretchc lab kill us",
            "  stretchc status topologies/stretch.yaml",
            "  stretchc lab down"
        },
        subcommands = {
            LabUpCommand.class,
            LabStatusCommand.class,
            LabLogsCommand.class,
            LabEnvCommand.class,
            LabStopCommand.class,
            LabStartCommand.class,
            LabKillCommand.class,
            LabWipeCommand.class,
            LabPartitionCommand.class,
            LabHealCommand.class,
            LabRunCommand.class,
            LabLoadCommand.class,
            LabAuditCommand.class,
            LabDownCommand.class,
            LabFetchCommand.class
        })
final class LabCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine line = java.util.Objects.requireNonNull(spec).commandLine();
        throw new CommandLine.ParameterException(line, "A command is missing.");
    }
}
