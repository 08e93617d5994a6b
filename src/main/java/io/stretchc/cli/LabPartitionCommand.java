package io.stretchc.cli;

import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.Targets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code stretchc lab partition}: servers that cannot reach each other. */
@CommandLine.Command(
        name = "partition",
        description = {
            "Cut the network between groups of servers: packets vanish, connections stay open.",
            "Takes a lab made with `lab up --netns`. `lab heal` takes all cuts back."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stretchc lab partition 'emea|us'", "  stretchc lab partition 'us_1,us_2|us_3|emea'"})
final class LabPartitionCommand extends LabAction {
    @Parameters(
            arity = "1..*",
            paramLabel = "A|B",
            description = "Groups of servers or sites with a bar between, cut from each other.")
    private List<String> targets = new ArrayList<>();

    @Override
    List<String> words() {
        return targets;
    }

    @Override
    ExitCode act(Console console, Lab lab, List<String> named) throws LabFault {
        var groups = new ArrayList<List<LabServer>>();
        for (String side : String.join(",", named).split("\\|", -1)) {
            List<LabServer> group = new Targets(lab.state()).everything(List.of(side));
            if (group.isEmpty()) {
                throw new LabFault(LabFault.Reason.INVALID, "A cut has servers on both of its sides, as in 'emea|us'.");
            }
            groups.add(group);
        }
        if (groups.size() < 2) {
            throw new LabFault(LabFault.Reason.INVALID, "A cut has two sides with a bar between, as in 'emea|us'.");
        }
        for (int i = 0; i < groups.size(); i++) {
            for (int j = i + 1; j < groups.size(); j++) {
                lab.partition(groups.get(i), groups.get(j));
            }
        }
        console.out()
                .println("cut: "
                        + String.join(
                                " | ", groups.stream().map(LabAction::names).toList()));
        return ExitCode.OK;
    }
}
