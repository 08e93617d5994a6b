package io.stretchc.cli;

import io.stretchc.codec.AppliedReader;
import io.stretchc.codec.AuditReader;
import io.stretchc.codec.LedgerCodec;
import io.stretchc.codec.PlanCodec;
import io.stretchc.codec.VerifyReader;
import io.stretchc.drill.Applied;
import io.stretchc.drill.AuditFacts;
import io.stretchc.drill.ClientView;
import io.stretchc.drill.DrillReport;
import io.stretchc.drill.DrillReport.Outcome;
import io.stretchc.drill.Mark;
import io.stretchc.drill.Rpo;
import io.stretchc.drill.Rto;
import io.stretchc.drill.StreamView;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabState;
import io.stretchc.ledger.LedgerFault;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Plan;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One drill, from an empty machine to an empty machine. */
final class DrillRun {
    private static final String LEADERS_AT_HOME = "IV208";
    private static final int PLAN_LIMIT = 64 * 1024 * 1024;
    private static final int TRIES = 4;
    private static final long WARM_UP_MILLIS = 4000;
    private static final long AFTER_MILLIS = 3000;
    private static final long PATIENCE_SECONDS = 60;
    private static final long SETTLE_SECONDS = 60;

    private final Console console;
    private final DrillOptions options;
    private final String file;
    private final DrillScenario scenario;
    private final @Nullable ServerVersion asked;
    private final @Nullable Path directory;
    private final DrillShell shell;
    private final List<Instant> moments = new ArrayList<>();
    private final List<Mark.Kind> kinds = new ArrayList<>();
    private final List<Applied> applied = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final SortedMap<String, Long> held = new TreeMap<>();
    private String technique = "";
    private boolean broken;
    private boolean refused;
    private volatile boolean interrupted;

    DrillRun(
            Console console,
            DrillOptions options,
            String file,
            DrillScenario scenario,
            @Nullable ServerVersion asked,
            @Nullable Path directory) {
        this.console = console;
        this.options = options;
        this.file = file;
        this.scenario = scenario;
        this.asked = asked;
        this.directory = directory;
        this.shell = new DrillShell(console);
    }

    /** Holds it and writes its files; none when the topology has faults, which are said. */
    @Nullable
    DrillReport run() {
        ResolvedTopology topology = TopologyLoader.read(console, file, asked);
        if (topology == null) {
            return null;
        }
        ServerVersion version = topology.backbone().version();
        if (version == null) {
            console.err().println("stretchc: the topology does not say which nats-server runs: give --server-version.");
            return null;
        }
        Optional<DrillStage> stage = DrillStage.of(topology, options.lost);
        if (stage.isEmpty()) {
            console.err()
                    .println("stretchc: the topology has no site " + (options.lost == null ? "" : options.lost + " ")
                            + "to lose beside another one; name one with --lost.");
            return null;
        }
        Path out = directory == null ? Path.of("drill-" + version + "-" + scenario) : directory;
        try {
            Files.createDirectories(out);
            clear(out);
            return run(topology, version, stage.get(), out.toAbsolutePath().normalize());
        } catch (IOException e) {
            console.err()
                    .println("stretchc: the report cannot be written to " + io.stretchc.diag.Quote.of(out)
                            + "; check that it is a directory that may be written to.");
            return null;
        }
    }

    /** What a drill before this one left there would be taken for this one's. */
    private static void clear(Path out) throws IOException {
        for (String old : List.of("ledger.jsonl", "*.journal.jsonl", "*.log", "*plan.yaml", "*back.yaml")) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(out, old)) {
                for (Path path : found) {
                    Files.delete(path);
                }
            }
        }
    }

    private DrillReport run(ResolvedTopology topology, ServerVersion version, DrillStage stage, Path out)
            throws IOException {
        String lab = "drill-" + topology.backbone().name() + "-" + version;
        var hook = new Thread(() -> interrupt(lab), "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            night(topology, version, stage, out, lab);
        } catch (DrillFault e) {
            broken |= e.broken();
            faults.add(e.getMessage());
            shell.say("stopped: " + e.getMessage());
        } finally {
            shell.endAll();
            if (!options.keep && !interrupted) {
                shell.run("end", List.of(0), "lab", "down", "--lab", lab);
            }
            unhook(hook);
        }
        DrillReport report = report(topology, version, stage, out);
        DrillFiles.write(out, report);
        shell.say(report.outcome().title() + "; the report is " + out.resolve("report.html"));
        return report;
    }

    /** What Ctrl-C does: nothing that it started stays. */
    private void interrupt(String lab) {
        interrupted = true;
        shell.endAll();
        if (!options.keep) {
            shell.quietly("lab", "down", "--lab", lab);
        }
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            join(hook); // the process is ending, and waits for it
        }
    }

    private static void join(Thread hook) {
        try {
            hook.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void mark(Mark.Kind kind) {
        mark(kind, Instant.now());
    }

    private void mark(Mark.Kind kind, Instant at) {
        kinds.add(kind);
        moments.add(at);
    }

    private void night(ResolvedTopology topology, ServerVersion version, DrillStage stage, Path out, String lab)
            throws DrillFault {
        up(version, lab);
        LabState state = state(lab);
        Path ledger = out.resolve("ledger.jsonl");
        var leaders = new DrillLeaders(state, stage.servers(), version);
        List<String> streams = new DrillStreams(state, topology, stage).create();
        Process load = load(out, ledger, lab, stage, streams);
        awaitAcks(ledger, load, 1);
        gather(leaders, stage);
        DrillShell.pause(WARM_UP_MILLIS);
        mark(Mark.Kind.KILLED);
        shell.must("loss", "lab", "kill", stage.lost().text(), "--lab", lab);
        long begin = System.nanoTime();
        while (!leaders.gone()) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new DrillFault("The loss of the site was not seen.");
            }
            DrillShell.pause(100);
        }
        mark(Mark.Kind.DETECTED);
        shell.note(
                "detection",
                new String[0],
                new DrillShell.Said(0, "nobody of the site answers, and none of it leads", ""),
                true,
                System.nanoTime() - begin);
        if (!carriedOut(scenario.name(), "--lost", stage, out.resolve("plan.yaml"), lab)) {
            byHand(version, stage, lab);
        } else {
            DrillShell.pause(AFTER_MILLIS);
            carriedOut(scenario.wayBack(), "--site", stage, out.resolve("back.yaml"), lab);
        }
        verify(lab);
        DrillShell.pause(AFTER_MILLIS);
        end(load);
        audit(ledger, lab, out);
    }

    private void up(ServerVersion version, String lab) throws DrillFault {
        var words = new ArrayList<>(
                List.of("lab", "up", file, "--name", lab, "--server-version", version.toString(), "--timeout", "120"));
        if (options.ports != null) {
            words.addAll(List.of("--ports", options.ports.toString()));
        }
        if (options.networks) {
            words.add("--netns");
        }
        shell.must("lab", words.toArray(String[]::new));
    }

    private LabState state(String lab) throws DrillFault {
        try {
            return Labs.of(console.environment()).select(lab);
        } catch (LabFault e) {
            throw new DrillFault(String.valueOf(e.getMessage()));
        }
    }

    private Process load(Path out, Path ledger, String lab, DrillStage stage, List<String> streams) throws DrillFault {
        var words = new ArrayList<>(List.of("lab", "load", file, "--lab", lab, "--for", "6h", "--rate"));
        words.addAll(List.of(String.valueOf(options.rate), "--ledger", ledger.toString(), "--streams", "r3,kv,wq"));
        stage.tags().forEach(t -> words.addAll(List.of("--tag", t)));
        streams.forEach(s -> words.addAll(List.of("--stream", s)));
        stage.account().ifPresent(a -> words.addAll(List.of("--account", a)));
        String[] line = words.toArray(String[]::new);
        shell.say("$ " + DrillShell.typed(line) + " &");
        shell.note("load", line, new DrillShell.Said(0, "", ""), true, 0);
        return shell.start(out.resolve("load.log"), line);
    }

    private void awaitAcks(Path ledger, Process load, int each) throws DrillFault {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            if (!load.isAlive()) {
                throw new DrillFault("`lab load` ended with exit code " + load.exitValue() + "; load.log says why.");
            }
            Optional<ClientView> view = view(ledger);
            if (view.isPresent() && view.get().streams(0, 0).stream().allMatch(s -> s.acked() >= each)) {
                return;
            }
            DrillShell.pause(200);
        }
        throw new DrillFault("The load got no ack of every stream within a minute; load.log says more.");
    }

    private static Optional<ClientView> view(Path ledger) {
        try (InputStream in = Files.newInputStream(ledger)) {
            return Optional.of(new LedgerCodec().view(in));
        } catch (IOException | LedgerFault e) {
            return Optional.empty();
        }
    }

    private void gather(DrillLeaders leaders, DrillStage stage) throws DrillFault {
        shell.say("leaders are moved to " + stage.lost());
        long begin = System.nanoTime();
        List<String> wanting = leaders.gather();
        String text =
                wanting.isEmpty() ? "all that can be there are there" : "elsewhere: " + String.join(", ", wanting);
        shell.say(text);
        shell.note(
                "leaders into the site",
                new String[0],
                new DrillShell.Said(0, text, ""),
                wanting.isEmpty(),
                System.nanoTime() - begin);
    }

    /** Plans; none when it is refused as this version must. */
    private @Nullable Plan plan(String word, String option, DrillStage stage, Path to, String lab, Mark.Kind kind)
            throws DrillFault {
        boolean may = scenario.name().equals(word) && scenario.refusedOn(version(lab));
        String[] line = {"plan", word, option, stage.lost().text(), file, "--lab", lab, "-o", to.toString()};
        DrillShell.Said said =
                shell.run("plan " + word, may ? List.of(0, ExitCode.REFUSED.number()) : List.of(0), line);
        if (said.exit() == ExitCode.REFUSED.number() && may) {
            refused = true;
            mark(kind);
            return null;
        }
        if (said.exit() != 0) {
            throw new DrillFault("`" + DrillShell.typed(line) + "` ended with exit code " + said.exit() + ": "
                    + String.join(" ", said.last()));
        }
        mark(kind);
        Plan plan = read(to).plan();
        html(to);
        return plan;
    }

    private ServerVersion version(String lab) throws DrillFault {
        return state(lab).servers().get(0).version();
    }

    private static PlanCodec.Reading.Good read(Path plan) throws DrillFault {
        try (InputStream in = Files.newInputStream(plan)) {
            if (new PlanCodec().read(in, PLAN_LIMIT) instanceof PlanCodec.Reading.Good good) {
                return good;
            }
        } catch (IOException e) {
            throw new DrillFault("The plan that was just made cannot be read again.");
        }
        throw new DrillFault("The plan that was just made is none, or there was nothing to do.");
    }

    /** The plan as a page, with how far its run has come once there is one. */
    private void html(Path plan) throws DrillFault {
        var words = new ArrayList<>(List.of("show", plan.toString(), "--format", "html"));
        Path journal = plan.resolveSibling(plan.getFileName() + ".journal.jsonl");
        if (Files.exists(journal)) {
            words.addAll(List.of("--journal", journal.toString()));
        }
        DrillShell.Said page = shell.quietly(words.toArray(String[]::new));
        try {
            Path to = plan.resolveSibling(plan.getFileName().toString().replace(".yaml", ".html"));
            Files.writeString(to, page.out());
        } catch (IOException e) {
            throw new DrillFault("The page of the plan cannot be written.");
        }
    }

    /** What survivors of the loss hold; of a stream that kept its majority nothing may be lost at all. */
    private void bill(Plan plan) {
        if (scenario != DrillScenario.recover) {
            return;
        }
        for (LossEntry loss : plan.losses()) {
            boolean whole = loss.fate() == LossEntry.Fate.MAJORITY_ALIVE || loss.fate() == LossEntry.Fate.SINGLE_ALIVE;
            if (!whole) {
                held.put(loss.stream(), loss.lastSequence());
            }
        }
    }

    /**
     * Plans and applies. A plan that is stale by the time it is applied, as a cluster under load may make it, is made again,
     * as a person would.
     *
     * @return whether there was a plan; none when it was refused as this version must
     */
    private boolean carriedOut(String word, String option, DrillStage stage, Path file, String lab) throws DrillFault {
        boolean first = word.equals(scenario.name());
        for (int i = 1; ; i++) {
            Path to = i == 1 ? file : file.resolveSibling(i + "-" + file.getFileName());
            Plan plan = plan(word, option, stage, to, lab, first ? Mark.Kind.PLANNED : Mark.Kind.BACK_PLANNED);
            if (plan == null) {
                return false;
            }
            if (first) {
                technique = plan.strategy().technique() == null
                        ? "none needed"
                        : plan.strategy().technique().title();
                held.clear();
                bill(plan);
            }
            DrillApply.Ended ended = apply(plan, to, lab, stage, first, i < TRIES);
            if (ended.exit() != ExitCode.REFUSED.number()) {
                mark(first ? Mark.Kind.APPLIED : Mark.Kind.BACK);
                return true;
            }
            shell.say("the plan is stale: it is made again");
            unmark(first ? Mark.Kind.PLANNED : Mark.Kind.BACK_PLANNED);
        }
    }

    private DrillApply.Ended apply(Plan plan, Path made, String lab, DrillStage stage, boolean first, boolean again)
            throws DrillFault {
        String id = read(made).id();
        var words =
                new ArrayList<>(List.of("apply", made.toString(), "--topology", file, "--lab", lab, "--approve", id));
        if (first) {
            words.addAll(List.of("--attest-lost", stage.lost().text(), "--reason", "a drill killed it"));
        }
        words.add("--no-copy-stores");
        var apply = new DrillApply(shell, made, words, options.killApply);
        DrillApply.Ended ended = apply.run(plan.scenario().word(), again);
        for (int i = 1; i < TRIES && ended.exit() == ExitCode.STOPPED.number(); i++) {
            shell.say("stopped part-way, and run again: " + ended.last());
            ended = apply.run(plan.scenario().word(), again);
        }
        if (again && ended.exit() == ExitCode.REFUSED.number()) {
            return ended;
        }
        AppliedReader journal = apply.journal();
        applied.add(journal.applied(plan.scenario().word()).killed(ended.kills()));
        html(made);
        if (first) {
            journal.at("done", "await-leader").ifPresent(at -> mark(Mark.Kind.META_LEADER, at));
        }
        if (ended.exit() == ExitCode.DIFFERENT.number()) {
            throw new DrillFault("`apply` found a broken invariant: " + ended.last(), true);
        }
        if (ended.exit() != 0) {
            throw new DrillFault("`apply` ended with exit code " + ended.exit() + ": " + ended.last());
        }
        return ended;
    }

    private void unmark(Mark.Kind kind) {
        int at = kinds.lastIndexOf(kind);
        kinds.remove(at);
        moments.remove(at);
    }

    /** What is left where an absence cannot be bridged: the site is started, with its data. */
    private void byHand(ServerVersion version, DrillStage stage, String lab) throws DrillFault {
        shell.say("nats-server " + version + " cannot bridge an absence: the site is started by hand");
        DrillShell.pause(AFTER_MILLIS);
        shell.must("site back by hand", "lab", "start", stage.lost().text(), "--lab", lab, "--timeout", "120");
        mark(Mark.Kind.STARTED);
    }

    /**
     * Judges the invariants, under load, which can leave a replica one message behind in any look: what is broken must be
     * broken for a while. A site that was started by hand has its leaders where elections put them.
     */
    private void verify(String lab) throws DrillFault {
        List<Integer> may = List.of(0, ExitCode.DIFFERENT.number());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        while (true) {
            DrillShell.Said said = shell.run("verify", may, "verify", file, "--lab", lab, "--format", "json");
            SortedMap<String, String> found = VerifyReader.broken(said.out())
                    .filter(f -> may.contains(said.exit()))
                    .orElseThrow(() -> new DrillFault(
                            "`verify` ended with exit code " + said.exit() + ": " + String.join(" ", said.last())));
            if (refused) {
                found.remove(LEADERS_AT_HOME);
            }
            if (found.isEmpty() || System.nanoTime() > end) {
                mark(Mark.Kind.VERIFIED);
                found.forEach((code, evidence) -> {
                    broken = true;
                    faults.add(code + " is broken: " + evidence);
                });
                return;
            }
            found.forEach((code, evidence) -> shell.say("not yet: " + code + " " + evidence));
        }
    }

    private void end(Process load) throws DrillFault {
        load.destroy(); // SIGTERM: it ends in order
        try {
            if (!load.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new DrillFault("`lab load` did not end within a minute.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrillFault("The drill was interrupted.");
        }
        mark(Mark.Kind.ENDED);
    }

    private @Nullable AuditFacts found;

    private void audit(Path ledger, String lab, Path out) throws DrillFault {
        String[] line = {"lab", "audit", file, "--lab", lab, "--ledger", ledger.toString(), "--format", "json"};
        DrillShell.Said said = shell.run("audit", List.of(0, ExitCode.DIFFERENT.number()), line);
        AuditFacts facts = AuditReader.read(said.out())
                .orElseThrow(() -> new DrillFault(
                        "`lab audit` ended with exit code " + said.exit() + ": " + String.join(" ", said.last())));
        found = facts;
        try {
            Files.writeString(out.resolve("audit.json"), said.out(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new DrillFault("The audit cannot be written.");
        }
        if (facts.verdict().equals("open")) {
            throw new DrillFault("A stream could not be read in the end: " + String.join(" ", said.last()));
        }
    }

    private DrillReport report(ResolvedTopology topology, ServerVersion version, DrillStage stage, Path out) {
        Optional<ClientView> view = view(out.resolve("ledger.jsonl"));
        Optional<Instant> zero = DrillFiles.began(out.resolve("ledger.jsonl"));
        List<Mark> marks = zero.isEmpty() ? List.of() : marks(zero.get());
        long killed = at(marks, Mark.Kind.KILLED);
        long over = Math.max(killed, Math.max(at(marks, Mark.Kind.APPLIED), at(marks, Mark.Kind.STARTED)));
        List<StreamView> streams = view.map(v -> v.streams(killed, over)).orElse(List.of());
        Rpo rpo = found == null || view.isEmpty() ? null : Rpo.of(found, view.get(), held, killed);
        if (rpo != null && rpo.promised() > 0) {
            broken = true;
            faults.add(rpo.promised() + " acknowledged messages are lost that a survivor held or acknowledged.");
        }
        if (rpo != null && rpo.otherwise() > 0) {
            broken = true;
            faults.add("The audit found " + rpo.otherwise() + " other broken promises; audit.json names them.");
        }
        Outcome outcome = broken
                ? Outcome.BROKEN
                : !faults.isEmpty() ? Outcome.STOPPED : refused ? Outcome.REFUSED_AS_IT_MUST : Outcome.PASSED;
        return new DrillReport(
                scenario.name(),
                topology.backbone().name(),
                version.toString(),
                technique,
                stage.lost().text(),
                zero.map(Instant::toString).orElse(""),
                options.killApply,
                options.rate,
                outcome,
                faults,
                marks,
                shell.stages(),
                streams,
                Rto.of(marks, streams).orElse(null),
                rpo,
                applied);
    }

    private List<Mark> marks(Instant zero) {
        var marks = new ArrayList<Mark>();
        for (int i = 0; i < kinds.size(); i++) {
            marks.add(new Mark(
                    kinds.get(i), Duration.between(zero, moments.get(i)).toNanos()));
        }
        marks.sort(java.util.Comparator.comparingLong(Mark::at).thenComparing(Mark::kind));
        return marks;
    }

    private static long at(List<Mark> marks, Mark.Kind kind) {
        return marks.stream()
                .filter(m -> m.kind() == kind)
                .mapToLong(Mark::at)
                .findFirst()
                .orElse(0);
    }
}
