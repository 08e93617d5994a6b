package io.stretchc.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** What the commands that are about a lab as a whole share. */
abstract class LabWholeAction extends LabAction {
    @Parameters(arity = "0..1", paramLabel = "TOPOLOGY", description = "Topology of the lab.")
    private List<String> topology = new ArrayList<>();

    @Override
    final List<String> words() {
        return topology;
    }
}
