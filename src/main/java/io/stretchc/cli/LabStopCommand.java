package io.stretchc.cli;

import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.Targets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code stretchc lab stop}: servers ended in order. */
@CommandLine.Command(
        name = "stop",
        description = "End servers in order: in lame duck mode they hand over what they lead and close their clients.",
        footerHeading = "%nExample:%n",
        footer = "  stretchc lab stop us_1")
final class LabStopCommand extends LabServersAction {
    @Option(
            names = "--timeout",
            paramLabel = "S",
            description = "Seconds to wait at most; 180 unless given. Closing clients may take two minutes.")
    private int timeout = 180;

    @Override
    ExitCode act(Console console, Lab lab, List<String> named) throws LabFault {
        List<LabServer> stopped = lab.stop(new Targets(lab.state()).everything(named), Duration.ofSeconds(timeout));
        console.out().println(stopped.isEmpty() ? "none of them ran" : "stopped: " + names(stopped));
        return ExitCode.OK;
    }
}
