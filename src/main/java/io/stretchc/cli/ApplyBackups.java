package io.stretchc.cli;

import io.stretchc.apply.Cluster;
import io.stretchc.apply.Halt;
import io.stretchc.apply.Recorder.RecorderFault;
import io.stretchc.backup.DirectoryName;
import io.stretchc.diag.Quote;
import io.stretchc.journal.Progress;
import io.stretchc.observe.QueryFault;
import io.stretchc.plan.Action;
import io.stretchc.plan.Backup;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Step;
import io.stretchc.vault.Accounts;
import io.stretchc.vault.BackupFault;
import io.stretchc.vault.StoredBackup;
import io.stretchc.vault.StreamRestore;
import io.stretchc.vault.TransferFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The backups that a plan restores streams from: all of them are read to their end before its first step. */
final class ApplyBackups {
    private static final String PASSING = ".*/(10005|10008|10023|10074|10130|10226) .*";

    private final Plan plan;
    private final @Nullable String directory;
    private final TreeMap<String, StoredBackup.Whole> whole = new TreeMap<>();

    ApplyBackups(Plan plan, @Nullable String directory) {
        this.plan = plan;
        this.directory = directory;
    }

    /** The backups of the plan, so that it is made again as it was. */
    List<Backup.Kept> kept() {
        var kept = new ArrayList<Backup.Kept>();
        for (Step step : plan.steps()) {
            if (step.action() instanceof Action.RestoreStream r) {
                kept.add(new Backup.Kept(r.account(), r.stream(), r.backup()));
            }
        }
        return kept;
    }

    /** Reads those that are still to be restored; refuses what is not what the plan was made with. */
    void check(Progress progress) throws Halt {
        for (Step step : plan.steps()) {
            if (step.action() instanceof Action.RestoreStream r && !progress.done(step.id())) {
                check(r);
            }
        }
    }

    private void check(Action.RestoreStream r) throws Halt {
        if (directory == null) {
            throw new Halt(
                    Halt.Kind.REFUSED,
                    "The plan restores the stream " + Quote.of(r.stream())
                            + " from a backup: name the directory that it" + " was made with, with `--backups`.");
        }
        try {
            StoredBackup.Whole found =
                    new StoredBackup(inside(directory, r.backup().path())).check();
            if (!found.sha256().equals(r.backup().sha256())
                    || !found.file().stream().equals(r.stream())) {
                throw new Halt(
                        Halt.Kind.REFUSED,
                        "The backup in " + Quote.of(found.directory()) + " is not the one that the plan was made with."
                                + " Plan anew.");
            }
            whole.put(r.account() + "\n" + r.stream(), found);
        } catch (BackupFault e) {
            throw new Halt(Halt.Kind.REFUSED, String.valueOf(e.getMessage()));
        }
    }

    /** A plan comes from elsewhere: what it says leads nowhere else. */
    private static Path inside(String directory, String path) throws BackupFault {
        try {
            Path root = Path.of(directory).normalize();
            Path at = root.resolve(path).normalize();
            if (at.startsWith(root) || (root.toString().isEmpty() && !at.startsWith("..") && !at.isAbsolute())) {
                return at;
            }
        } catch (InvalidPathException e) {
            // no path of any directory
        }
        throw new BackupFault("The backup " + Quote.of(path) + " is not below " + Quote.of(directory) + ".");
    }

    /** Restores a stream; its remains are deleted already. */
    Cluster.Given restore(Action.RestoreStream action, Accounts accounts, Cluster.Sending sending) throws QueryFault {
        StoredBackup.Whole found = whole.get(action.account() + "\n" + action.stream());
        if (found == null) {
            return new Cluster.Given(false, false, "its backup was not read, " + DirectoryName.of(action.stream()));
        }
        try {
            new StreamRestore(accounts)
                    .restore(action.account(), found, action.tags(), action.replicas(), once(sending));
            return new Cluster.Given(
                    true, true, "restored from " + Quote.of(action.backup().path()));
        } catch (TransferFault e) {
            String text = String.valueOf(e.getMessage());
            return new Cluster.Given(false, e.passing() || (" " + text).matches("(?s)" + PASSING), text);
        } catch (UncheckedIOException e) {
            return new Cluster.Given(false, false, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Cluster.Given(false, false, "its backup cannot be read any more");
        }
    }

    /** A piece is read when the server waits for it: before the first is sent, that is in the journal. */
    private static LongConsumer once(Cluster.Sending sending) {
        var said = new AtomicBoolean();
        return bytes -> {
            if (said.compareAndSet(false, true)) {
                try {
                    sending.begins();
                } catch (RecorderFault e) {
                    throw new UncheckedIOException(e.getMessage(), new IOException(e));
                }
            }
        };
    }
}
