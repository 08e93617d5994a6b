package io.stretchc.cli;

import io.stretchc.backup.BackupManifest;
import io.stretchc.codec.StreamAnswer;
import io.stretchc.diag.Quote;
import io.stretchc.nats.JnatsQuery;
import io.stretchc.nats.LoginFault;
import io.stretchc.nats.Logins;
import io.stretchc.observe.QueryFault;
import io.stretchc.render.BackupView;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.ServerVersion;
import io.stretchc.vault.BackupFault;
import io.stretchc.vault.BackupSearch;
import io.stretchc.vault.StoredBackup;
import io.stretchc.vault.StreamRestore;
import io.stretchc.vault.TransferFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One run of {@code restore-stream}: all is checked, then all is looked up, then stream by stream is restored. */
final class RestoreRun {
    private static final Duration SETTLING = Duration.ofMinutes(3);
    private static final long SLOWEST_BYTES_PER_SECOND = 5_000_000;
    private static final String ODD = ".*[.*>\\s/\\\\\\p{Cntrl}].*";

    private final Console console;
    private final RestoreStreamCommand options;
    private final @Nullable ResolvedTopology topology;

    RestoreRun(Console console, RestoreStreamCommand options, @Nullable ResolvedTopology topology) {
        this.console = console;
        this.options = options;
        this.topology = topology;
    }

    /** A backup that is whole, and where it goes. */
    private record Wanted(String account, StoredBackup.Whole backup) {
        String stream() {
            return backup.file().stream();
        }
    }

    ExitCode run() throws QueryFault, LoginFault, BackupFault {
        List<BackupSearch.Found> found = found();
        Logins logins = options.check ? null : options.connection.logins(console, topology);
        var wanted = new ArrayList<Wanted>();
        boolean damaged = false;
        for (BackupSearch.Found f : found) {
            try {
                wanted.add(wanted(f, logins));
            } catch (BackupFault e) {
                damaged = true;
                console.err().println("stretchc: " + e.getMessage());
            }
        }
        if (damaged) {
            say(wanted);
            return ExitCode.INVALID;
        }
        twice(wanted);
        if (options.check || logins == null) {
            say(wanted);
            return ExitCode.OK;
        }
        try (var accounts = new LiveAccounts(logins)) {
            var restore = new StreamRestore(accounts);
            ServerVersion version = version(logins);
            ExitCode refused = refused(wanted, restore, version);
            if (refused != ExitCode.OK) {
                return refused;
            }
            takenTwice(wanted, restore, version);
            for (Wanted w : wanted) {
                ExitCode end = restore(w, restore);
                if (end != ExitCode.OK) {
                    return end;
                }
            }
            return ExitCode.OK;
        }
    }

    /** One backup, read to its end. */
    private Wanted wanted(BackupSearch.Found f, @Nullable Logins logins) throws BackupFault {
        if (!f.fault().isEmpty()) {
            throw new BackupFault(f.fault());
        }
        StoredBackup.Whole whole = f.backup().check();
        String name = whole.file().stream();
        if (name.isEmpty() || name.matches(ODD)) {
            throw new BackupFault("The backup in " + Quote.of(f.backup().directory()) + " is that of a stream "
                    + Quote.of(name) + "; no nats-server takes such a name.");
        }
        return new Wanted(options.check ? f.account() : account(f, logins), whole);
    }

    /** When nothing is restored: those that are whole. */
    private void say(List<Wanted> wanted) {
        if (options.check) {
            wanted.forEach(w -> console.out().println(whole(w)));
        }
    }

    private List<BackupSearch.Found> found() throws BackupFault {
        List<BackupSearch.Found> all = BackupSearch.below(options.directory);
        List<BackupSearch.Found> chosen = all.stream()
                .filter(f -> options.streams.isEmpty() || !f.fault().isEmpty() || options.streams.contains(f.stream()))
                .filter(f -> options.account == null
                        || f.account().isEmpty()
                        || f.account().equals(options.account)
                        || !fromManifest(f))
                .toList();
        if (chosen.isEmpty()) {
            throw new BackupFault("There is no such backup below " + Quote.of(options.directory)
                    + (all.isEmpty() ? "" : ", where there are others") + ".");
        }
        return chosen;
    }

    private static boolean fromManifest(BackupSearch.Found f) {
        try {
            return f.backup().manifest().isPresent();
        } catch (BackupFault e) {
            return false;
        }
    }

    /** Its manifest's, the one that was named, the one around it, or the only one there is. */
    private String account(BackupSearch.Found f, @Nullable Logins logins) throws BackupFault {
        if (options.account != null) {
            return options.account;
        }
        SortedSet<String> known = logins == null
                ? new TreeSet<>()
                : new TreeSet<>(logins.accounts().keySet());
        if (!f.account().isEmpty() && (fromManifest(f) || known.contains(f.account()))) {
            return f.account();
        }
        if (known.size() == 1) {
            return known.first();
        }
        throw new BackupFault("The backup in " + Quote.of(f.backup().directory())
                + " does not say of which account it is; name one with `--account`.");
    }

    private static void twice(List<Wanted> wanted) throws BackupFault {
        var seen = new TreeMap<String, Wanted>();
        for (Wanted w : wanted) {
            Wanted other = seen.put(w.account() + "\n" + w.stream(), w);
            if (other != null) {
                throw new BackupFault("There are two backups of the stream " + Quote.of(w.stream()) + ", in "
                        + Quote.of(other.backup().directory()) + " and "
                        + Quote.of(w.backup().directory()) + ". Name the directory of one.");
            }
        }
    }

    /** What would not work, before anything is touched. */
    private ExitCode refused(List<Wanted> wanted, StreamRestore restore, @Nullable ServerVersion version)
            throws QueryFault {
        var sentences = new ArrayList<String>();
        var names = new TreeMap<String, SortedSet<String>>();
        for (Wanted w : wanted) {
            SortedSet<String> there = names.get(w.account());
            if (there == null) {
                there = restore.names(w.account());
                names.put(w.account(), there);
            }
            if (there.contains(w.stream())) {
                sentences.add("The stream " + Quote.of(w.stream()) + " of " + Quote.of(w.account())
                        + " exists. Delete it first, if that is what you want, or let it be.");
            }
            if (version != null && !w.backup().contents().format().restoredBy(version)) {
                sentences.add("The backup in " + Quote.of(w.backup().directory())
                        + " was made by nats-server 2.15 or later, and nats-server " + version
                        + " does not read what that writes.");
            }
        }
        sentences.forEach(s -> console.err().println("refused: " + s));
        return sentences.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    /**
     * From 2.15 on (seen on 2.15.1; not on 2.9.10, 2.12.15 and 2.14.5) a stream keeps which making of its source a message
     * is of. A source that is restored is another making, and all of it is taken once more, whoever restores it.
     */
    private void takenTwice(List<Wanted> wanted, StreamRestore restore, @Nullable ServerVersion version)
            throws QueryFault {
        if (version == null || !version.atLeast(2, 15, 0)) {
            return;
        }
        var takers = new TreeMap<String, List<StreamAnswer.Taker>>();
        for (Wanted w : wanted) {
            List<StreamAnswer.Taker> there = takers.get(w.account());
            if (there == null) {
                there = new ArrayList<>(restore.takers(w.account()));
                takers.put(w.account(), there);
            }
            there.add(new StreamAnswer.Taker(w.stream(), w.backup().file().sources()));
        }
        for (Wanted w : wanted) {
            takers.getOrDefault(w.account(), List.of()).stream()
                    .filter(t -> t.sources().contains(w.stream()))
                    .forEach(t -> console.err()
                            .println("note: the stream " + Quote.of(t.stream()) + " takes from " + Quote.of(w.stream())
                                    + ", and on nats-server " + version
                                    + " takes all that is restored of it once more."));
        }
    }

    private static @Nullable ServerVersion version(Logins logins) throws QueryFault {
        try (var query = JnatsQuery.connect(logins.system())) {
            return query.doorkeepers().stream()
                    .flatMap(d -> ServerVersion.parse(d.version()).stream())
                    .min(ServerVersion::compareTo)
                    .orElse(null);
        }
    }

    private ExitCode restore(Wanted w, StreamRestore restore) throws QueryFault {
        String name = "the stream " + Quote.of(w.stream()) + " of " + Quote.of(w.account());
        try {
            long size = java.nio.file.Files.size(w.backup().archive());
            try (var progress = new TransferProgress(console, "restoring " + Quote.plain(w.stream()), size)) {
                restore.restore(w.account(), w.backup(), options.tags, options.replicas, progress::more);
            }
        } catch (TransferFault e) {
            boolean exists = String.valueOf(e.getMessage()).contains("/10130 ");
            console.err()
                    .println(
                            (exists ? "refused: " : "stretchc: ") + name + " is not restored: " + e.getMessage() + ".");
            return exists ? ExitCode.REFUSED : ExitCode.STOPPED;
        } catch (IOException e) {
            console.err().println("stretchc: " + name + " is not restored: its backup cannot be read any more.");
            return ExitCode.STOPPED;
        }
        Optional<StreamAnswer.Info> info = settled(w, restore);
        if (info.isEmpty()) {
            console.err()
                    .println("stretchc: " + name + " was restored, and has not all its replicas yet. Look with"
                            + " `stretchc status`.");
            return ExitCode.STOPPED;
        }
        StreamAnswer.Info i = info.get();
        console.out()
                .println(Quote.plain(w.account()) + " " + Quote.plain(w.stream()) + ": "
                        + count(i.state().messages(), "message")
                        + ", last sequence " + i.state().lastSequence() + ", " + count(i.consumers(), "consumer") + ", "
                        + count(i.replicas(), "replica")
                        + (i.leader().isEmpty() ? "" : ", led by " + Quote.plain(i.leader())));
        return ExitCode.OK;
    }

    /** Waits for its leader, its replicas, what the backup counted, and its consumers. */
    private static Optional<StreamAnswer.Info> settled(Wanted w, StreamRestore restore) throws QueryFault {
        BackupManifest.State counted = w.backup().file().counts();
        long consumers = w.backup().contents().consumers();
        long end = System.nanoTime()
                + SETTLING.plusSeconds(counted.bytes() / SLOWEST_BYTES_PER_SECOND)
                        .toNanos();
        while (System.nanoTime() < end) {
            Optional<StreamAnswer.Info> info = restore.look(w.account(), w.stream());
            if (info.isPresent()
                    && info.get().whole()
                    && info.get().consumers() >= consumers
                    && info.get().state().lastSequence() >= counted.lastSequence()
                    && (consumers == 0 || restore.consumers(w.account(), w.stream()) >= consumers)) {
                return info;
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String whole(Wanted w) {
        BackupManifest.State s = w.backup().file().counts();
        return (w.account().isEmpty() ? "" : Quote.plain(w.account()) + " ") + Quote.plain(w.stream()) + ": whole, "
                + count(s.messages(), "message") + ", last sequence " + s.lastSequence() + ", "
                + count(w.backup().contents().consumers(), "consumer") + ", "
                + BackupView.size(s.bytes());
    }

    private static String count(long n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
