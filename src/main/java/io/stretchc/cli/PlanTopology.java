package io.stretchc.cli;

import io.stretchc.apply.Halt;
import io.stretchc.diag.Quote;
import io.stretchc.lab.LabState;
import io.stretchc.nats.LoginFault;
import io.stretchc.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the topology that a plan was made from, by its name and its content: where it was named, here, in
 * {@code topologies/}, beside the plan, and where a lab was made from it.
 */
final class PlanTopology {
    private final Console console;
    private final ApplyCommand options;
    private final Plan plan;

    PlanTopology(Console console, ApplyCommand options, Plan plan) {
        this.console = console;
        this.options = options;
        this.plan = plan;
    }

    /** The topology; none when it has faults, which are printed. */
    @Nullable
    LiveTopology find() throws Halt, LoginFault {
        List<Path> places = places();
        if (places.isEmpty()) {
            throw new Halt(
                    Halt.Kind.REFUSED,
                    "The topology " + Quote.of(plan.topology().file())
                            + " that the plan was made from is not found: name it with `--topology`.");
        }
        LiveTopology last = null;
        for (Path place : places) {
            LiveTopology read = LiveTopology.load(place.toString(), console, options.connection);
            if (read == null) {
                return null;
            }
            last = read;
            String hash =
                    PlanMaking.source(plan.topology().file(), read.written()).hash();
            if (hash.equals(plan.topology().hash())) {
                return read;
            }
        }
        throw new Halt(
                Halt.Kind.REFUSED,
                "The topology " + Quote.of(places.get(0))
                        + " is not the one that the plan was made from: it was changed since"
                        + (last != null && !last.topology().backbone().name().equals(plan.cluster())
                                ? ", or is of another cluster"
                                : "")
                        + ". Plan anew, or name the right one with `--topology`.");
    }

    private List<Path> places() throws LoginFault {
        if (options.topology != null) {
            return List.of(Path.of(options.topology));
        }
        var all = new ArrayList<Path>();
        String name = plan.topology().file();
        if (name.equals("-")) {
            return all;
        }
        all.add(Path.of(name));
        all.add(Path.of("topologies").resolve(name));
        Path beside = options.file.equals("-")
                ? null
                : Path.of(options.file).toAbsolutePath().getParent();
        if (beside != null) {
            all.add(beside.resolve(name));
            all.add(beside.resolve("topologies").resolve(name));
        }
        Optional<LabState> lab = options.connection.anyLab(console);
        lab.ifPresent(l -> all.add(l.topology()));
        return all.stream().filter(Files::isRegularFile).distinct().toList();
    }
}
