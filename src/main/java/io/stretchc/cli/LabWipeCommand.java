package io.stretchc.cli;

import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.Targets;
import java.util.List;
import picocli.CommandLine;

/** {@code stretchc lab wipe}: stores deleted. */
@CommandLine.Command(
        name = "wipe",
        description = "Delete the stores of servers, as new disks would. Refused while they run.",
        footerHeading = "%nExample:%n",
        footer = "  stretchc lab wipe us_1   # after `stretchc lab kill us_1`")
final class LabWipeCommand extends LabServersAction {
    @Override
    ExitCode act(Console console, Lab lab, List<String> named) throws LabFault {
        List<LabServer> servers = new Targets(lab.state()).servers(named);
        lab.wipe(servers);
        console.out().println("wiped: " + names(servers));
        return ExitCode.OK;
    }
}
