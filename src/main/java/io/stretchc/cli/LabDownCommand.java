package io.stretchc.cli;

import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import java.util.List;
import picocli.CommandLine;

/** {@code stretchc lab down}: the end of a lab. */
@CommandLine.Command(
        name = "down",
        description = "End every process of a lab, and delete its stores, configurations and networks.",
        footerHeading = "%nExample:%n",
        footer = "  stretchc lab down")
final class LabDownCommand extends LabWholeAction {
    @Override
    ExitCode act(Console console, Lab lab, List<String> named) throws LabFault {
        int ended = lab.down();
        console.out().println("lab " + lab.state().name() + ": " + ended + " processes ended, all of it deleted");
        return ExitCode.OK;
    }
}
