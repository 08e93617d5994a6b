package io.stretchc.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What one drill and a matrix of them take. */
final class DrillOptions {
    @Option(
            names = "--lost",
            paramLabel = "SITE",
            description = "Site to lose; the preferred one of leaders if not given.")
    @Nullable
    String lost;

    @Option(
            names = "--kill-apply",
            description = "Kill `apply` (SIGKILL) after every step and in the middle of every step, and run it again.")
    boolean killApply;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages a second, of all writers together (default: ${DEFAULT-VALUE}).",
            defaultValue = "200")
    int rate;

    @Option(names = "--ports", paramLabel = "FIRST", description = "Count ports up from this one instead.")
    @Nullable
    Integer ports;

    @Option(names = "--netns", description = "Give every server a network namespace; Linux, as root.")
    boolean networks;

    @Option(names = "--keep", description = "Leave the lab running in the end.")
    boolean keep;

    @Option(names = "--format", paramLabel = "F", description = "text or json (default: text).")
    ViewFormat format = ViewFormat.text;
}
