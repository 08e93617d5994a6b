package io.stretchc.cli;

import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import java.util.List;
import picocli.CommandLine;

/** {@code stretchc lab heal}: the end of a partition. */
@CommandLine.Command(
        name = "heal",
        description = "Take all cuts of `lab partition` back.",
        footerHeading = "%nExample:%n",
        footer = "  stretchc lab heal")
final class LabHealCommand extends LabWholeAction {
    @Override
    ExitCode act(Console console, Lab lab, List<String> named) throws LabFault {
        console.out().println(lab.heal() == 0 ? "nothing was cut" : "all cuts taken back");
        return ExitCode.OK;
    }
}
