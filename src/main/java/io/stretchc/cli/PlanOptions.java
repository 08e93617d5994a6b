package io.stretchc.cli;

import picocli.CommandLine.Parameters;

/** What every scenario takes that is about nothing that is named before the topology. */
final class PlanOptions extends PlanChoices {
    @Parameters(paramLabel = "TOPOLOGY", description = "Topology file.")
    void topology(String named) {
        file = named;
    }
}
