package io.stretchc.cli;

import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabState;
import io.stretchc.lab.LabView;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc lab status}: processes of labs. */
@CommandLine.Command(
        name = "status",
        description = {
            "List the labs of this machine and their processes; of one lab if it is named.",
            "How the cluster is, `stretchc status TOPOLOGY` says."
        },
        footerHeading = "%nExample:%n",
        footer = "  stretchc lab status")
final class LabStatusCommand extends Command {
    @Parameters(arity = "0..1", paramLabel = "TOPOLOGY", description = "Topology of the lab.")
    private List<String> topology = new ArrayList<>();

    @Mixin
    private LabSelection selection = new LabSelection();

    @Option(names = "--format", paramLabel = "F", description = "text or json.")
    private Format format = Format.text;

    /** Forms of output. */
    enum Format {
        text,
        json
    }

    @Override
    ExitCode run(Console console) {
        try {
            Labs labs = Labs.of(console.environment());
            List<LabState> shown = selection.named() || !topology.isEmpty()
                    ? List.of(selection.select(labs, new ArrayList<>(topology)))
                    : labs.home().all();
            if (format == Format.json) {
                console.out().print(LabView.json(shown));
            } else if (shown.isEmpty()) {
                console.out().println("no lab on this machine");
            } else {
                console.out().print(LabView.text(shown));
            }
            labs.home().broken().forEach(b -> console.err().println("stretchc: " + b));
            return ExitCode.OK;
        } catch (LabFault e) {
            return LabAction.say(console, e);
        }
    }
}
