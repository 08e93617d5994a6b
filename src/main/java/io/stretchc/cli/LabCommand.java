package io.stretchc.cli;

import picocli.CommandLine;

/** {@code stretchc lab}: real local servers. */
@CommandLine.Command(
        name = "lab",
        description = "Work with real local nats-server processes.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc lab fetch 2.12.15",
            "  stretchc lab load topologies/stretch.yaml --for 1m --ledger night.jsonl"
        },
        subcommands = {LabFetchCommand.class, LabLoadCommand.class, LabAuditCommand.class})
final class LabCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine line = java.util.Objects.requireNonNull(spec).commandLine();
        throw new CommandLine.ParameterException(line, "A command is missing.");
    }
}
