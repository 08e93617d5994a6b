package io.stretchc.cli;

import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.Targets;
import java.util.List;
import picocli.CommandLine;

/** {@code stretchc lab kill}: servers gone at once. */
@CommandLine.Command(
        name = "kill",
        description = "End servers at once, as a power cut does (SIGKILL). Their stores stay.",
        footerHeading = "%nExamples:%n",
        footer = {"  stretchc lab kill us", "  stretchc lab kill us_1,us_2"})
final class LabKillCommand extends LabServersAction {
    @Override
    ExitCode act(Console console, Lab lab, List<String> named) throws LabFault {
        List<LabServer> killed = lab.kill(new Targets(lab.state()).everything(named));
        console.out().println(killed.isEmpty() ? "none of them ran" : "killed: " + names(killed));
        return ExitCode.OK;
    }
}
