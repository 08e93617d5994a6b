package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.observe.QueryFault;
import io.stretchc.render.BackupView;
import io.stretchc.render.BackupView.Line;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Gap;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.vault.BackupDirectory;
import io.stretchc.vault.BackupFault;
import io.stretchc.vault.StreamBackups;
import io.stretchc.vault.StreamBackups.Outcome;
import io.stretchc.vault.StreamBackups.Target;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Backs up streams that a snapshot shows, some at a time. */
final class BackupRun {
    private static final Duration QUIET = Duration.ofSeconds(20);

    private final Console console;
    private final String out;
    private final int parallel;
    private final int chunk;
    private final int window;

    BackupRun(Console console, String out, int parallel, int chunk, int window) {
        this.console = console;
        this.out = out;
        this.parallel = parallel;
        this.chunk = chunk;
        this.window = window;
    }

    /** What can be taken of these; empty lists mean all. */
    BackupView take(ClusterSnapshot seen, LiveAccounts accounts, List<String> onlyAccounts, List<String> onlyStreams)
            throws QueryFault, BackupFault {
        List<StreamState> wanted = seen.streams().stream()
                .filter(s -> onlyAccounts.isEmpty() || onlyAccounts.contains(s.account()))
                .filter(s -> onlyStreams.isEmpty() || onlyStreams.contains(s.name()))
                .toList();
        for (String name : onlyStreams) {
            if (wanted.stream().noneMatch(s -> s.name().equals(name))) {
                throw new BackupFault("The cluster has no stream " + Quote.of(name)
                        + (onlyAccounts.isEmpty() ? "" : " in " + Quote.all(onlyAccounts)) + ".");
            }
        }
        for (String name : onlyAccounts) {
            if (wanted.stream().noneMatch(s -> s.account().equals(name))) {
                throw new BackupFault("The cluster has no streams in an account " + Quote.of(name) + ".");
            }
        }
        for (Gap gap : seen.gaps()) {
            console.err().println("  not seen: " + Quote.plain(gap.subject()) + ": " + Quote.sentence(gap.reason()));
        }
        var lines = new ArrayList<Line>();
        var able = new ArrayList<StreamState>();
        for (StreamState s : wanted) {
            String why = why(s, accounts, seen);
            if (why.isEmpty()) {
                able.add(s);
            } else {
                lines.add(new Line(s.account(), s.name(), BackupView.Outcome.MISSING, null, why));
            }
        }
        lines.addAll(take(able, accounts, seen));
        return new BackupView(lines);
    }

    private static String why(StreamState s, LiveAccounts accounts, ClusterSnapshot seen) {
        if (!accounts.reaches(s.account())) {
            return "there is no login to its account; give --account-context " + Quote.plain(s.account()) + "=NAME";
        }
        if (s.now().leader() == null) {
            return "it has no leader";
        }
        return s.config().storage().equals("memory") && !version(s, seen).atLeast(2, 15, 0)
                ? "it is kept in memory, of which nats-server before 2.15 makes no archive"
                : "";
    }

    private static ServerVersion version(StreamState s, ClusterSnapshot seen) {
        ServerName leader = s.now().leader();
        return seen.members().stream()
                .filter(m -> m.name().equals(leader))
                .map(m -> m.version())
                .findFirst()
                .orElse(new ServerVersion(2, 9, 0));
    }

    private List<Line> take(List<StreamState> streams, LiveAccounts accounts, ClusterSnapshot seen)
            throws QueryFault, BackupFault {
        long bytes = streams.stream().mapToLong(BackupRun::bytes).sum();
        ExecutorService threads = Executors.newFixedThreadPool(parallel, task -> {
            var thread = new Thread(task, "backup");
            thread.setDaemon(true);
            return thread;
        });
        String what = "backing up " + streams.size() + (streams.size() == 1 ? " stream" : " streams");
        try (var directory = BackupDirectory.open(out);
                var progress = new TransferProgress(console, what, bytes)) {
            var backups = new StreamBackups(
                    directory, accounts, InstantSource.system(), new StreamBackups.Settings(chunk, window, QUIET));
            var tasks = new ArrayList<Callable<Line>>();
            for (StreamState s : streams) {
                var target = new Target(s.account(), s.name(), seen.cluster(), version(s, seen));
                tasks.add(() -> line(target, backups.take(target, progress::more)));
            }
            return results(tasks, threads);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Line> results(List<Callable<Line>> tasks, ExecutorService threads)
            throws QueryFault, BackupFault {
        try {
            var lines = new ArrayList<Line>();
            for (Future<Line> line : tasks.stream().map(threads::submit).toList()) {
                lines.add(line.get());
            }
            return lines;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupFault("Interrupted. The same command again goes on.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof QueryFault fault) {
                throw fault;
            }
            if (e.getCause() instanceof BackupFault fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Line line(Target t, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return new Line(t.account(), t.stream(), BackupView.Outcome.MISSING, null, failed.why());
        }
        return outcome instanceof Outcome.Made made
                ? new Line(t.account(), t.stream(), BackupView.Outcome.MADE, made.manifest(), "")
                : new Line(
                        t.account(),
                        t.stream(),
                        BackupView.Outcome.UNCHANGED,
                        ((Outcome.Unchanged) outcome).manifest(),
                        "");
    }

    private static long bytes(StreamState s) {
        return s.now().copies().stream().mapToLong(c -> c.bytes()).max().orElse(0);
    }
}
