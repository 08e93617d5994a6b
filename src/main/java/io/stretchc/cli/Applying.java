package io.stretchc.cli;

import io.stretchc.apply.Consent;
import io.stretchc.apply.Driver;
import io.stretchc.apply.Engine;
import io.stretchc.apply.Halt;
import io.stretchc.apply.Pace;
import io.stretchc.apply.Recorder.RecorderFault;
import io.stretchc.apply.Staleness;
import io.stretchc.codec.SnapshotCodec;
import io.stretchc.diag.Quote;
import io.stretchc.journal.Entry;
import io.stretchc.journal.Progress;
import io.stretchc.nats.LoginFault;
import io.stretchc.observe.QueryFault;
import io.stretchc.plan.Action;
import io.stretchc.plan.Condition;
import io.stretchc.plan.Plan;
import io.stretchc.plan.PlanInput;
import io.stretchc.plan.PlanResult;
import io.stretchc.plan.Planner;
import io.stretchc.plan.Refusal;
import io.stretchc.plan.Step;
import io.stretchc.plan.StepId;
import io.stretchc.render.BackupView;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.topology.ServerName;
import io.stretchc.vault.BackupFault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One run of {@code apply}, from its options to its exit code. */
final class Applying {
    private static final int THREADS = 32;
    private static final List<Class<? extends Action>> AWAITS = List.of(
            Action.AwaitMetaLeader.class,
            Action.AwaitMembers.class,
            Action.AwaitNaturalQuorum.class,
            Action.AwaitStream.class);

    private final Console console;
    private final ApplyCommand options;
    private final Plan plan;
    private final String id;
    private final ApplyBackups backups;

    Applying(Console console, ApplyCommand options, Plan plan, String id) {
        this.console = console;
        this.options = options;
        this.plan = plan;
        this.id = id;
        this.backups = new ApplyBackups(plan, options.backups);
    }

    ExitCode run() {
        try {
            LiveTopology topology = topology();
            if (topology == null) {
                return ExitCode.INVALID;
            }
            try (var journal = JournalFile.open(options, id);
                    var cluster = new ApplyCluster(options.connection, console, topology.topology(), backups)) {
                return run(topology, journal, cluster);
            }
        } catch (Halt e) {
            console.err().println((e.kind() == Halt.Kind.REFUSED ? "refused: " : "stretchc: ") + e.getMessage());
            return code(e.kind());
        } catch (RecorderFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        } catch (QueryFault | LoginFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        }
    }

    private static ExitCode code(Halt.Kind kind) {
        return switch (kind) {
            case REFUSED -> ExitCode.REFUSED;
            case STOPPED -> ExitCode.STOPPED;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
        };
    }

    private @Nullable LiveTopology topology() throws Halt, LoginFault {
        return new PlanTopology(console, options, plan).find();
    }

    private ExitCode run(LiveTopology topology, JournalFile journal, ApplyCluster cluster)
            throws Halt, RecorderFault, QueryFault {
        Progress progress = journal.progress();
        Optional<Entry.Finished> finished = progress.finished();
        if (finished.isPresent()) {
            console.err()
                    .println("Nothing to do: this plan was applied to its end at "
                            + finished.get().at().truncatedTo(ChronoUnit.SECONDS)
                            + ". `stretchc verify` says how the cluster is now.");
            if (finished.get().broken().isEmpty()) {
                return ExitCode.OK;
            }
            console.err().println("What should have held then and did not:");
            finished.get().broken().forEach(b -> console.err().println("  " + b));
            return ExitCode.DIFFERENT;
        }
        String by = console.environment().getOrDefault("USER", "").isEmpty()
                ? System.getProperty("user.name", "?")
                : console.environment().getOrDefault("USER", "");
        var approval = new Approval(console, options, plan, id, progress, by);
        Driver driver = Drivers.of(console, options, plan, topology);
        if (!options.dryRun) {
            approval.early(driver);
        }
        backups.check(progress);
        String run = UUID.randomUUID().toString().substring(0, 8);
        if (!options.dryRun) {
            onlyOne(cluster, run, by);
        }
        ClusterSnapshot seen = cluster.look();
        if (!touched(progress)) {
            Optional<ExitCode> end = stale(topology, seen);
            if (end.isPresent()) {
                return end.get();
            }
        }
        accounts(cluster, progress);
        if (options.dryRun) {
            return dryRun(seen, progress);
        }
        Consent consent = approval.consent(driver);
        if (options.backupTo != null && !touched(progress)) {
            backUp(options.backupTo, topology, seen);
        }
        return carryOut(topology, journal, cluster, driver, consent, run, by);
    }

    /** Streams that have no leader are named, and are what the plan is about. */
    private void backUp(String directory, LiveTopology topology, ClusterSnapshot seen) throws Halt, QueryFault {
        try (var accounts = new LiveAccounts(options.connection.logins(console, topology.topology()))) {
            BackupView view =
                    new BackupRun(console, directory, 2, 128 << 10, 8 << 20).take(seen, accounts, List.of(), List.of());
            console.err().print(view.text());
        } catch (BackupFault | LoginFault e) {
            throw new Halt(Halt.Kind.REFUSED, "There is no backup, and nothing was done. " + e.getMessage());
        }
    }

    /** Whether the cluster may be another by what the plan did to it: copies of stores change nothing. */
    private boolean touched(Progress progress) {
        return plan.steps().stream()
                .anyMatch(s -> !(s.action() instanceof Action.CopyStores) && progress.called(s.id()));
    }

    private ExitCode carryOut(
            LiveTopology topology,
            JournalFile journal,
            ApplyCluster cluster,
            Driver driver,
            Consent consent,
            String run,
            String by)
            throws Halt, RecorderFault {
        Progress progress = journal.progress();
        boolean resumed = progress.runs() > 0;
        opened(journal, consent, run, by);
        long done = plan.steps().stream().filter(s -> progress.done(s.id())).count();
        console.err()
                .println((resumed ? "going on with " : "applying ") + id + ": "
                        + (plan.steps().size() - done) + " of " + plan.steps().size() + " steps to do; journal: "
                        + journal.name());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            var thread = new Thread(task, "apply");
            thread.setDaemon(true);
            return thread;
        });
        var hook = new Thread(() -> interrupted(journal), "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            var setup = new Engine.Setup(
                    plan,
                    topology.topology(),
                    cluster,
                    driver,
                    journal::write,
                    new Clock(),
                    console.err()::println,
                    new ApplyJudge(topology, plan),
                    consent,
                    options.moves,
                    options.moveMegabytes * 1_000_000);
            String pause = options.pauseAfter;
            return ended(new Engine(setup, progress, threads).run(pause == null ? null : new StepId(pause)), journal);
        } catch (Halt e) {
            journal.close(new Entry.Stopped(
                    Instant.now(), null, e.getMessage(), code(e.kind()).number()));
            throw e;
        } catch (RecorderFault e) {
            throw new Halt(
                    Halt.Kind.STOPPED,
                    e.getMessage() + " Nothing is done that the journal does not know of."
                            + " Mend that, and apply again: it goes on where it stopped.");
        } finally {
            threads.shutdownNow();
            unhook(hook);
        }
    }

    /** The beginning of a run in the journal. When it cannot be written, nothing was done yet. */
    private void opened(JournalFile journal, Consent consent, String run, String by) throws Halt, RecorderFault {
        Progress progress = journal.progress();
        boolean resumed = progress.runs() > 0;
        try {
            if (progress.opened().isEmpty()) {
                journal.write(new Entry.Opened(
                        Instant.now(),
                        id,
                        plan.cluster(),
                        plan.scenario().word(),
                        plan.scenario().subject(),
                        plan.steps().size()));
            }
            journal.write(new Entry.Run(Instant.now(), run, by));
            if (progress.approved().isEmpty()) {
                journal.write(new Entry.Approved(Instant.now(), consent.how(), by));
            }
            for (var attested : consent.attested().entrySet()) {
                if (progress.attested(attested.getKey()).isEmpty()) {
                    journal.write(new Entry.Attested(Instant.now(), attested.getKey(), attested.getValue(), by));
                }
            }
        } catch (RecorderFault e) {
            if (resumed) {
                throw new Halt(
                        Halt.Kind.STOPPED,
                        e.getMessage()
                                + " Nothing more was done. Make room, and apply again: it goes on where it stopped.");
            }
            throw new RecorderFault(e.getMessage() + " Nothing was done. Make room and give permission, or name another"
                    + " with `--journal`.");
        }
    }

    /** What Ctrl-C does: nothing more is begun, and the exit code says so. */
    private void interrupted(JournalFile journal) {
        journal.close(new Entry.Stopped(Instant.now(), null, "interrupted", ExitCode.STOPPED.number()));
        console.err().println("interrupted; apply again to go on.");
        console.err().flush();
        Runtime.getRuntime().halt(ExitCode.STOPPED.number());
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, by this hook
        }
    }

    private ExitCode ended(Engine.End end, JournalFile journal) throws RecorderFault {
        if (end instanceof Engine.End.Paused paused) {
            journal.write(new Entry.Stopped(
                    Instant.now(), paused.after(), "paused, as asked for", ExitCode.STOPPED.number()));
            console.err().println("paused after " + Quote.of(paused.after()) + "; apply again to go on.");
            return ExitCode.STOPPED;
        }
        List<String> broken = ((Engine.End.Finished) end).broken();
        if (broken.isEmpty()) {
            console.err().println("done: all " + plan.steps().size() + " steps, and what must hold in the end holds.");
            took(journal.progress());
            return ExitCode.OK;
        }
        console.err().println("done: all " + plan.steps().size() + " steps. What should hold in the end and does not:");
        broken.forEach(b -> console.err().println("  " + b));
        took(journal.progress());
        return ExitCode.DIFFERENT;
    }

    /** How long the run took, and what of it was ours. */
    private void took(Progress progress) {
        progress.finished()
                .ifPresent(f -> console.err()
                        .println(String.format(
                                Locale.ROOT,
                                "%s took %.1f s, of which %.1f s are its own; the rest is the cluster's.",
                                progress.runs() > 1 ? "This run of apply" : "apply",
                                f.millis() / 1e3,
                                f.addedMillis() / 1e3)));
    }

    private void onlyOne(ApplyCluster cluster, String run, String by) throws Halt, QueryFault {
        String subject = "STRETCHC.APPLY." + new io.stretchc.topology.ServerName(plan.cluster()).peerId();
        String me = "run " + run + " of " + by + ", process "
                + ProcessHandle.current().pid();
        Optional<String> other = cluster.announce(subject, me);
        if (other.isPresent()) {
            throw new Halt(
                    Halt.Kind.REFUSED,
                    "Another apply works on this cluster now: " + Quote.plain(other.get())
                            + ". Let it end, or end it, and apply again.");
        }
    }

    /** Whether the plan would still be made as it is; an exit code when it need not or must not be applied. */
    private Optional<ExitCode> stale(LiveTopology topology, ClusterSnapshot seen) throws Halt {
        var input = new PlanInput(
                topology.topology(),
                plan.topology(),
                seen,
                new SnapshotCodec().fingerprint(seen),
                plan.strategy().technique(),
                backups.kept());
        PlanResult now = Planner.plan(input, plan.scenario());
        if (now instanceof PlanResult.NothingToDo nothing) {
            console.err().println("Nothing to do: " + nothing.why());
            return Optional.of(ExitCode.OK);
        }
        if (now instanceof PlanResult.Refused refused) {
            var text = new StringBuilder("The plan does not fit what is there now." + missing(seen));
            for (Refusal r : refused.reasons()) {
                text.append("\n  ").append(r.sentence()).append(' ').append(r.wayOut());
            }
            throw new Halt(Halt.Kind.REFUSED, text.toString());
        }
        List<String> changes = Staleness.between(plan, ((PlanResult.Planned) now).plan());
        if (!changes.isEmpty()) {
            throw new Halt(
                    Halt.Kind.REFUSED,
                    "The plan is stale." + missing(seen) + " Since it was made: "
                            + String.join("; ", changes.stream().limit(8).toList())
                            + (changes.size() > 8 ? "; and " + (changes.size() - 8) + " more" : "")
                            + ". Make it anew with `stretchc plan`.");
        }
        return Optional.empty();
    }

    /** Those that the plan counts on and that do not answer: why it would not be made any more, most often. */
    private String missing(ClusterSnapshot seen) {
        List<ServerName> away = plan.steps().stream()
                .filter(s -> s.action() instanceof Action.TakeCensus)
                .flatMap(s -> s.after().stream())
                .filter(c -> c instanceof Condition.Answering)
                .flatMap(c -> ((Condition.Answering) c).servers().stream())
                .filter(s -> seen.server(s).isEmpty())
                .distinct()
                .toList();
        return away.isEmpty()
                ? ""
                : " It counts on " + Quote.all(away) + ", and there is no answer from "
                        + (away.size() == 1 ? "it." : "them.");
    }

    private void accounts(ApplyCluster cluster, Progress progress) throws Halt, QueryFault {
        var wanted = new TreeSet<String>();
        for (Step step : plan.steps()) {
            if (!progress.done(step.id())) {
                account(step.action()).ifPresent(wanted::add);
            }
        }
        for (String account : wanted) {
            if (cluster.account(account).isEmpty()) {
                throw new Halt(
                        Halt.Kind.REFUSED,
                        "Steps of the plan act in the account " + Quote.of(account)
                                + ", and there is no login to it: give `--account-context " + Quote.plain(account)
                                + "=NAME`, or name a context at one of its users in the topology.");
            }
        }
    }

    private static Optional<String> account(Action action) {
        if (action instanceof Action.MoveStream a) {
            return Optional.of(a.account());
        }
        if (action instanceof Action.RemoveStreamPeer a) {
            return Optional.of(a.account());
        }
        if (action instanceof Action.RecreateStream a) {
            return Optional.of(a.account());
        }
        if (action instanceof Action.RestoreStream a) {
            return Optional.of(a.account());
        }
        return action instanceof Action.MoveStreamLeader a ? Optional.of(a.account()) : Optional.empty();
    }

    private ExitCode dryRun(ClusterSnapshot seen, Progress progress) {
        int n = 0;
        for (Step step : plan.steps()) {
            n++;
            boolean holds = !step.after().isEmpty() && step.after().stream().allMatch(c -> c.holds(seen));
            List<Condition> unmet =
                    step.before().stream().filter(c -> !c.holds(seen)).toList();
            boolean waits = AWAITS.stream().anyMatch(a -> a.isInstance(step.action()));
            String state = progress.done(step.id())
                    ? "done by a former run"
                    : holds
                            ? "is so already"
                            : !unmet.isEmpty()
                                    ? "waits for: " + unmet.get(0).sentence()
                                    : waits && !step.after().isEmpty()
                                            ? "waits for: "
                                                    + step.after().get(0).sentence()
                                            : "can be done now";
            console.out().println("[" + n + "/" + plan.steps().size() + "] " + step.id() + ": " + state);
        }
        console.err().println("A dry run: nothing was changed, nothing written.");
        return ExitCode.OK;
    }

    private static final class Clock implements Pace {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }
    }
}
