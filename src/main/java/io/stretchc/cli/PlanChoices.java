package io.stretchc.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every scenario takes, besides the topology. */
class PlanChoices {
    /** The topology file. */
    String file = "";

    @Option(
            names = "--snapshot",
            paramLabel = "FILE",
            description = "Plan from a snapshot of `observe` instead of a live cluster.")
    @Nullable
    String snapshot;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the plan goes, instead of standard output.")
    @Nullable
    String output;

    @Option(names = "--detailed-exitcode", description = "End with 3 when there is something to do.")
    boolean detailed;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();
}
