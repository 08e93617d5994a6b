package io.stretchc.journal;

import io.stretchc.plan.StepId;
import io.stretchc.topology.SiteName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How far a plan has come, by its journal. */
public final class Progress {
    private final SortedMap<StepId, Entry.Done> done = new TreeMap<>();
    private final SortedSet<StepId> begun = new TreeSet<>();
    private final SortedSet<StepId> called = new TreeSet<>();
    private final SortedSet<StepId> sending = new TreeSet<>();
    private final SortedMap<SiteName, Entry.Attested> attested = new TreeMap<>();
    private Entry.@Nullable Opened opened;
    private Entry.@Nullable Approved approved;
    private Entry.@Nullable Finished finished;
    private Entry.@Nullable Stopped stopped;
    private int runs;

    /** That of a journal without entries. */
    public Progress() {}

    /** That of a journal. */
    public static Progress of(List<Entry> entries) {
        var progress = new Progress();
        entries.forEach(progress::add);
        return progress;
    }

    /** Takes an entry into account. */
    public void add(Entry entry) {
        entry.accept(new Fold());
    }

    /** How the journal began. */
    public Optional<Entry.Opened> opened() {
        return Optional.ofNullable(opened);
    }

    /** The last approval. */
    public Optional<Entry.Approved> approved() {
        return Optional.ofNullable(approved);
    }

    /** How it ended, when it did. */
    public Optional<Entry.Finished> finished() {
        return Optional.ofNullable(finished);
    }

    /** Why the last run stopped; none while it goes on, or when it was killed. */
    public Optional<Entry.Stopped> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** How many runs there were. */
    public int runs() {
        return runs;
    }

    /** Who said that a site is gone, if somebody did. */
    public Optional<Entry.Attested> attested(SiteName site) {
        return Optional.ofNullable(attested.get(site));
    }

    /** Whether the step is done. */
    public boolean done(StepId step) {
        return done.containsKey(step);
    }

    /** Whether a call of the step was made, or was about to be. */
    public boolean called(StepId step) {
        return called.contains(step);
    }

    /** Whether the content of its backup was sent, or was about to be. */
    public boolean sending(StepId step) {
        return sending.contains(step);
    }

    /** Whether any call was made, or was about to be: before, nothing can have changed. */
    public boolean anyCalled() {
        return !called.isEmpty();
    }

    /** How far the step is. */
    public State state(StepId step) {
        return done.containsKey(step) ? State.DONE : begun.contains(step) ? State.RUNNING : State.TO_DO;
    }

    /** How far a step can be. */
    public enum State {
        TO_DO,
        RUNNING,
        DONE
    }

    private final class Fold implements Entry.Visitor<Boolean> {
        @Override
        public Boolean opened(Entry.Opened entry) {
            opened = entry;
            return true;
        }

        @Override
        public Boolean run(Entry.Run entry) {
            runs++;
            stopped = null;
            finished = null;
            return true;
        }

        @Override
        public Boolean approved(Entry.Approved entry) {
            approved = entry;
            return true;
        }

        @Override
        public Boolean attested(Entry.Attested entry) {
            attested.put(entry.site(), entry);
            return true;
        }

        @Override
        public Boolean begun(Entry.Begun entry) {
            return begun.add(entry.step());
        }

        @Override
        public Boolean called(Entry.Called entry) {
            return called.add(entry.step());
        }

        @Override
        public Boolean replied(Entry.Replied entry) {
            return true;
        }

        @Override
        public Boolean sending(Entry.Sending entry) {
            return sending.add(entry.step());
        }

        @Override
        public Boolean done(Entry.Done entry) {
            done.put(entry.step(), entry);
            return true;
        }

        @Override
        public Boolean noted(Entry.Noted entry) {
            return true;
        }

        @Override
        public Boolean stopped(Entry.Stopped entry) {
            stopped = entry;
            return true;
        }

        @Override
        public Boolean finished(Entry.Finished entry) {
            finished = entry;
            return true;
        }
    }
}
