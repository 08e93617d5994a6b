package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.Targets;
import io.stretchc.resolve.Role;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code stretchc lab run}: what is kept ready for the bad day. */
@CommandLine.Command(
        name = "run",
        description = {
            "Start an arbiter, stand-in or replacement of the topology.",
            "A stand-in is refused while the server whose name it has still runs."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stretchc lab run arbiter emea_4", "  stretchc lab run replacement us_1.1"})
final class LabRunCommand extends LabAction {
    @Parameters(index = "0", paramLabel = "ROLE", description = "arbiter, stand-in or replacement.")
    private String role = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "Its name in the topology.")
    private List<String> targets = new ArrayList<>();

    @Override
    List<String> words() {
        return targets;
    }

    @Override
    ExitCode act(Console console, Lab lab, List<String> named) throws LabFault {
        Role wanted = role();
        var servers = new ArrayList<LabServer>();
        for (String name : named) {
            servers.add(new Targets(lab.state()).reserve(wanted, name));
        }
        List<LabServer> started = lab.start(servers);
        console.out().println(started.isEmpty() ? "all of them run" : "started: " + names(started));
        return ExitCode.OK;
    }

    private Role role() throws LabFault {
        for (Role each : List.of(Role.ARBITER, Role.STAND_IN, Role.REPLACEMENT)) {
            if (Lab.title(each).equals(role)) {
                return each;
            }
        }
        throw new LabFault(
                LabFault.Reason.INVALID,
                Quote.of(role) + " is none of arbiter, stand-in and replacement, which `lab run` starts.");
    }
}
