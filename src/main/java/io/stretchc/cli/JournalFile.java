package io.stretchc.cli;

import io.stretchc.apply.Halt;
import io.stretchc.apply.Recorder.RecorderFault;
import io.stretchc.codec.JournalCodec;
import io.stretchc.diag.Quote;
import io.stretchc.files.AppendOnly;
import io.stretchc.journal.Entry;
import io.stretchc.journal.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The journal of a plan on disk: what former runs did, and what this one adds. */
final class JournalFile implements AutoCloseable {
    private static final int LIMIT = 256 * 1024 * 1024;

    private final JournalCodec codec = new JournalCodec();
    private final String name;
    private final @Nullable AppendOnly file;
    private final Progress progress;
    private int entries;
    private String last;
    private boolean over;

    private JournalFile(String name, @Nullable AppendOnly file, JournalCodec.Reading.Good before) {
        this.name = name;
        this.file = file;
        this.progress = Progress.of(before.entries());
        this.entries = before.entries().size();
        this.last = before.last();
    }

    /** Where the journal of a plan is, unless another place is named. */
    static String name(String plan) {
        return plan + ".journal.jsonl";
    }

    /** Opens it; a dry run only reads it. */
    static JournalFile open(ApplyCommand options, String plan) throws Halt, RecorderFault {
        String name = options.journal == null ? name(options.file) : options.journal;
        try {
            Path path = Path.of(name);
            if (Files.exists(path) && (!Files.isRegularFile(path) || Files.size(path) > LIMIT)) {
                throw new RecorderFault(
                        "The journal " + Quote.of(name) + " cannot be used: it is not a file, or larger than "
                                + LIMIT / 1024 / 1024 + " MB. Nothing was done. Name another with `--journal`.");
            }
            if (options.dryRun) {
                return new JournalFile(
                        name,
                        null,
                        Files.exists(path)
                                ? entries(name, plan, Files.readAllBytes(path))
                                : new JournalCodec.Reading.Good(List.of(), 0, ""));
            }
            setAside(path, name, plan);
            Optional<AppendOnly> open = AppendOnly.open(path);
            if (open.isEmpty()) {
                throw new Halt(
                        Halt.Kind.REFUSED,
                        "Another apply works with the journal " + Quote.of(name) + " now. Let it end, or end it.");
            }
            boolean done = false;
            try {
                JournalCodec.Reading.Good good = entries(name, plan, open.get().read(LIMIT));
                open.get().truncate(good.bytes());
                done = true;
                return new JournalFile(name, open.get(), good);
            } finally {
                if (!done) {
                    open.get().close();
                }
            }
        } catch (IOException | InvalidPathException e) {
            throw new RecorderFault("The journal " + Quote.of(name) + " cannot be used: "
                    + Quote.sentence(String.valueOf(e.getMessage()))
                    + ". Nothing was done. Make room and give permission, or name another with `--journal`.");
        }
    }

    /** A journal of another plan that came to its end makes room; one that did not is still needed. */
    private static void setAside(Path path, String name, String plan) throws IOException {
        if (!Files.exists(path)
                || !(new JournalCodec().read(Files.readAllBytes(path)) instanceof JournalCodec.Reading.Good good)) {
            return;
        }
        Progress progress = Progress.of(good.entries());
        Optional<Entry.Opened> opened = progress.opened();
        if (opened.isPresent()
                && !opened.get().plan().equals(plan)
                && progress.finished().isPresent()) {
            String old = opened.get().plan().replaceAll("[^0-9a-f]", "");
            Files.move(path, Path.of(name + "." + old.substring(Math.max(0, old.length() - 12))));
        }
    }

    private static JournalCodec.Reading.Good entries(String name, String plan, byte[] bytes) throws Halt {
        JournalCodec.Reading reading = new JournalCodec().read(bytes);
        if (reading instanceof JournalCodec.Reading.Bad bad) {
            throw new Halt(
                    Halt.Kind.REFUSED,
                    "The journal " + Quote.of(name) + " cannot be relied on. " + bad.reason()
                            + " Put back what was written, or look with `stretchc status` what is done, and plan anew.");
        }
        var good = (JournalCodec.Reading.Good) reading;
        Optional<Entry.Opened> opened = Progress.of(good.entries()).opened();
        if (opened.isPresent() && !opened.get().plan().equals(plan)) {
            throw new Halt(
                    Halt.Kind.REFUSED,
                    "The journal " + Quote.of(name) + " is of another plan, "
                            + Quote.of(opened.get().plan())
                            + ", which has not come to its end. Apply that one to its end first, or, when it is given up,"
                            + " move its journal away or name another with `--journal`.");
        }
        return good;
    }

    String name() {
        return name;
    }

    Progress progress() {
        return progress;
    }

    synchronized void write(Entry entry) throws RecorderFault {
        if (file == null) {
            throw new IllegalStateException("a dry run writes nothing");
        }
        if (over) {
            throw new RecorderFault("Interrupted.");
        }
        try {
            String line = codec.line(entries + 1, last, entry);
            file.append(line, !tells(entry));
            entries++;
            last = line;
        } catch (IOException e) {
            throw new RecorderFault("The journal " + Quote.of(name) + " cannot be written: "
                    + Quote.sentence(String.valueOf(e.getMessage())) + ".");
        }
        if (!(entry instanceof Entry.Begun
                || entry instanceof Entry.Called
                || entry instanceof Entry.Replied
                || entry instanceof Entry.Sending
                || entry instanceof Entry.Done
                || entry instanceof Entry.Noted
                || entry instanceof Entry.Finished)) {
            progress.add(entry); // those of steps are counted by the engine
        }
    }

    /**
     * Entries that only tell what was: nothing is done because of them, and a run that finds them missing looks again. They
     * are on disk with the next one that announces something.
     */
    private static boolean tells(Entry entry) {
        return entry instanceof Entry.Begun || entry instanceof Entry.Replied || entry instanceof Entry.Done;
    }

    /** Writes the last entry of a run that stops, if that can be done; after it, none is written. */
    synchronized void close(Entry.Stopped entry) {
        try {
            write(entry);
        } catch (RecorderFault e) {
            // the run stops in any case, and says why
        }
        over = true;
    }

    @Override
    public void close() throws RecorderFault {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new RecorderFault("The journal " + Quote.of(name) + " cannot be closed.");
        }
    }
}
