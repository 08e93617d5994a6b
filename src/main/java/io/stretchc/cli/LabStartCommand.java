package io.stretchc.cli;

import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.Targets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code stretchc lab start}: servers started again. */
@CommandLine.Command(
        name = "start",
        description = "Start servers that do not run, with the stores that they have, and wait until they are current.",
        footerHeading = "%nExample:%n",
        footer = "  stretchc lab start us")
final class LabStartCommand extends LabServersAction {
    @Option(names = "--no-wait", description = "Do not wait until they are current.")
    private boolean noWait;

    @Option(names = "--timeout", paramLabel = "S", description = "Seconds to wait at most; 60 unless given.")
    private int timeout = 60;

    @Override
    ExitCode act(Console console, Lab lab, List<String> named) throws LabFault {
        List<LabServer> servers = new Targets(lab.state()).servers(named);
        List<LabServer> started = lab.start(servers);
        console.out().println(started.isEmpty() ? "all of them run" : "started: " + names(started));
        if (!noWait) {
            LabAction.await(console, lab, servers, Duration.ofSeconds(timeout));
        }
        return ExitCode.OK;
    }
}
