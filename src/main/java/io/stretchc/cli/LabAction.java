package io.stretchc.cli;

import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.LabState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** What the commands that change a lab share: which lab, its lock, and how faults end. */
abstract class LabAction extends Command {
    @Mixin
    private LabSelection selection = new LabSelection();

    /** What the command line names, besides options. */
    abstract List<String> words();

    /** Does it. */
    abstract ExitCode act(Console console, Lab lab, List<String> targets) throws LabFault;

    @Override
    final ExitCode run(Console console) {
        try {
            Labs labs = Labs.of(console.environment());
            var targets = new ArrayList<>(words());
            LabState state = selection.select(labs, targets);
            try (Lab lab = Lab.open(labs.home(), state.name(), console.environment())) {
                return act(console, lab, targets);
            }
        } catch (LabFault e) {
            return broken(console, selection.name(), e);
        }
    }

    /** What becomes of a fault; the command that ends labs ends one whose state is of no use as well. */
    ExitCode broken(Console console, Optional<String> lab, LabFault e) {
        return say(console, e);
    }

    /** Says what a lab could not do; the exit code for it. */
    static ExitCode say(Console console, LabFault e) {
        console.err().println("stretchc: " + e.getMessage());
        return switch (e.reason()) {
            case INVALID -> ExitCode.USAGE;
            case REFUSED -> ExitCode.REFUSED;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
        };
    }

    /** Waits until the clusters of some servers are ready, as far as they run. */
    static void await(Console console, Lab lab, List<LabServer> servers, Duration limit) throws LabFault {
        var readiness = new Readiness(console, lab, limit, false);
        for (LabState.Cluster cluster : lab.state().clusters()) {
            if (servers.stream().anyMatch(s -> s.cluster().equals(cluster.name()))) {
                readiness.awaitOnly(cluster, servers);
            }
        }
    }

    static String names(List<LabServer> servers) {
        return String.join(", ", servers.stream().map(s -> s.name().text()).toList());
    }
}
