package io.stretchc.cli;

import io.stretchc.codec.JournalCodec;
import io.stretchc.codec.PlanCodec;
import io.stretchc.diag.Quote;
import io.stretchc.journal.Entry;
import io.stretchc.journal.Progress;
import io.stretchc.plan.Step;
import io.stretchc.plan.StepId;
import io.stretchc.plan.StepState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far a run of a plan has come, read from its journal to be shown. */
final class ShownRun {
    private ShownRun() {}

    /** The states of the plan's steps; nothing when the journal cannot be read or is of another plan, which is said. */
    static Optional<SortedMap<StepId, StepState>> read(Console console, String file, PlanCodec.Reading.Good plan) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            console.err()
                    .println("stretchc: the journal " + Quote.of(file)
                            + " cannot be read; check its name and permissions.");
            return Optional.empty();
        }
        if (!(new JournalCodec().read(bytes) instanceof JournalCodec.Reading.Good good)) {
            console.err().println("stretchc: " + Quote.of(file) + " is no journal of `stretchc apply`.");
            return Optional.empty();
        }
        Progress progress = Progress.of(good.entries());
        boolean begun = !good.entries().isEmpty(); // a refused run leaves an empty journal
        if (begun && progress.opened().filter(o -> o.plan().equals(plan.id())).isEmpty()) {
            console.err().println("stretchc: the journal " + Quote.of(file) + " is not one of this plan.");
            return Optional.empty();
        }
        var states = new TreeMap<StepId, StepState>();
        for (Step step : plan.plan().steps()) {
            states.put(step.id(), state(progress, step.id()));
        }
        return Optional.of(states);
    }

    private static StepState state(Progress progress, StepId step) {
        return switch (progress.state(step)) {
            case TO_DO -> StepState.TO_DO;
            case DONE -> StepState.DONE;
            case RUNNING ->
                progress.stopped().map(Entry.Stopped::step).filter(step::equals).isPresent()
                        ? StepState.STOPPED
                        : StepState.RUNNING;
        };
    }
}
