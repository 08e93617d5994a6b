package io.stretchc.cli;

import picocli.CommandLine;

@CommandLine.Command(name = "fetch", description = "Fetch a nats-server binary.")
final class LabFetchCommand extends Command {
    @Override
    ExitCode run(Console console) {
        return ExitCode.OK;
    }
}
