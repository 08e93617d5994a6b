package io.stretchc.cli;

import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabHome;
import io.stretchc.lab.LabName;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** {@code stretchc lab down}: the end of a lab. */
@CommandLine.Command(
        name = "down",
        description = "End every process of a lab, and delete its stores, configurations and networks.",
        footerHeading = "%nExample:%n",
        footer = "  stretchc lab down")
final class LabDownCommand extends LabWholeAction {
    /** A lab whose state is damaged or gone, if it is named: what runs of it is known by its directory. */
    @Override
    ExitCode broken(Console console, Optional<String> lab, LabFault e) {
        try {
            Optional<LabName> name = lab.flatMap(LabName::parse);
            LabHome home = LabHome.of(console.environment());
            if (name.isEmpty() || !home.exists(name.get()) || intact(home, name.get())) {
                return say(console, e);
            }
            console.out()
                    .println("lab " + name.get() + ": " + home.clear(name.get())
                            + " processes ended, all of it deleted; its state was of no use");
            return ExitCode.OK;
        } catch (LabFault again) {
            return say(console, again);
        }
    }

    private static boolean intact(LabHome home, LabName name) {
        try {
            return home.find(name).isPresent();
        } catch (LabFault e) {
            return false;
        }
    }

    @Override
    ExitCode act(Console console, Lab lab, List<String> named) throws LabFault {
        int ended = lab.down();
        console.out().println("lab " + lab.state().name() + ": " + ended + " processes ended, all of it deleted");
        return ExitCode.OK;
    }
}
