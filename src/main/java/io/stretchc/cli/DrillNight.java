package io.stretchc.cli;

import io.stretchc.codec.AppliedReader;
import io.stretchc.codec.AuditReader;
import io.stretchc.codec.LedgerCodec;
import io.stretchc.codec.PlanCodec;
import io.stretchc.codec.VerifyReader;
import io.stretchc.drill.AuditFacts;
import io.stretchc.drill.ClientView;
import io.stretchc.drill.Mark;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabState;
import io.stretchc.ledger.LedgerFault;
import io.stretchc.plan.Plan;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A drill in its lab: what its script can do, each written down. */
final class DrillNight {
    static final long WARM_UP_MILLIS = 4000;
    static final long AFTER_MILLIS = 3000;

    private static final String LEADERS_AT_HOME = "IV208";
    private static final int PLAN_LIMIT = 64 * 1024 * 1024;
    private static final int TRIES = 4;
    private static final long PATIENCE_SECONDS = 60;
    private static final long SETTLE_SECONDS = 60;

    private final Console console;
    private final DrillOptions options;
    private final String file;
    private final ResolvedTopology topology;
    private final DrillStage stage;
    private final ServerVersion version;
    private final Path out;
    private final String lab;
    private final DrillShell shell;
    private final DrillRecord record;
    private @Nullable DrillLeaders leaders;

    DrillNight(
            Console console,
            DrillOptions options,
            String file,
            ResolvedTopology topology,
            DrillStage stage,
            ServerVersion version,
            Path out,
            String lab,
            DrillShell shell,
            DrillRecord record) {
        this.console = console;
        this.options = options;
        this.file = file;
        this.topology = topology;
        this.stage = stage;
        this.version = version;
        this.out = out;
        this.lab = lab;
        this.shell = shell;
        this.record = record;
    }

    /** All of it: the lab and the load, what the script does, and what is true in the end. */
    void hold(DrillScript script) throws DrillFault {
        up();
        LabState state = state();
        leaders = new DrillLeaders(state, stage.servers(), version);
        Process running = load(new DrillStreams(state, topology, stage).create(script.inTheSite()));
        awaitAcks(running, 1);
        script.play(this);
        verify();
        DrillShell.pause(AFTER_MILLIS);
        end(running);
        audit();
    }

    DrillStage stage() {
        return stage;
    }

    ServerVersion version() {
        return version;
    }

    ResolvedTopology topology() {
        return topology;
    }

    /** The topology file, as it was given. */
    String file() {
        return file;
    }

    String lab() {
        return lab;
    }

    /** Directory of the drill's files. */
    Path out() {
        return out;
    }

    DrillShell shell() {
        return shell;
    }

    DrillRecord record() {
        return record;
    }

    void mark(Mark.Kind kind) {
        record.mark(kind);
    }

    /** Runs a command in this process; one that ends otherwise than with 0 ends the drill. */
    DrillShell.Said must(String name, String... words) throws DrillFault {
        return shell.must(name, words);
    }

    private void up() throws DrillFault {
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

    /** The lab as it stands. */
    LabState state() throws DrillFault {
        try {
            return Labs.of(console.environment()).select(lab);
        } catch (LabFault e) {
            throw new DrillFault(String.valueOf(e.getMessage()));
        }
    }

    private Process load(List<String> streams) throws DrillFault {
        var words = new ArrayList<>(List.of("lab", "load", file, "--lab", lab, "--for", "6h", "--rate"));
        words.addAll(List.of(String.valueOf(options.rate), "--ledger", ledger().toString(), "--streams", "r3,kv,wq"));
        stage.tags().forEach(t -> words.addAll(List.of("--tag", t)));
        streams.forEach(s -> words.addAll(List.of("--stream", s)));
        stage.account().ifPresent(a -> words.addAll(List.of("--account", a)));
        String[] line = words.toArray(String[]::new);
        shell.say("$ " + DrillShell.typed(line) + " &");
        shell.note("load", line, new DrillShell.Said(0, "", ""), true, 0);
        return shell.start(out.resolve("load.log"), line);
    }

    private void awaitAcks(Process running, int each) throws DrillFault {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            if (!running.isAlive()) {
                throw new DrillFault("`lab load` ended with exit code " + running.exitValue() + "; load.log says why.");
            }
            Optional<ClientView> view = view(ledger());
            if (view.isPresent() && view.get().streams(0, 0).stream().allMatch(s -> s.acked() >= each)) {
                return;
            }
            DrillShell.pause(200);
        }
        throw new DrillFault("The load got no ack of every stream within a minute; load.log says more.");
    }

    Path ledger() {
        return out.resolve("ledger.jsonl");
    }

    /** What the clients saw so far; none when the ledger cannot be read. */
    Optional<ClientView> view() {
        return view(ledger());
    }

    static Optional<ClientView> view(Path ledger) {
        try (InputStream in = Files.newInputStream(ledger)) {
            return Optional.of(new LedgerCodec().view(in));
        } catch (IOException | LedgerFault e) {
            return Optional.empty();
        }
    }

    /** Moves all leaders that can be there into the site. */
    void gather() throws DrillFault {
        shell.say("leaders are moved to " + stage.lost());
        long begin = System.nanoTime();
        List<String> wanting = leaders().gather();
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

    private DrillLeaders leaders() {
        return java.util.Objects.requireNonNull(leaders);
    }

    /** Kills the site and waits until its loss is seen. */
    void killSite() throws DrillFault {
        record.mark(Mark.Kind.KILLED);
        shell.must("loss", "lab", "kill", stage.lost().text(), "--lab", lab);
        long begin = System.nanoTime();
        while (!leaders().gone()) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new DrillFault("The loss of the site was not seen.");
            }
            DrillShell.pause(100);
        }
        record.mark(Mark.Kind.DETECTED);
        shell.note(
                "detection",
                new String[0],
                new DrillShell.Said(0, "nobody of the site answers, and none of it leads", ""),
                true,
                System.nanoTime() - begin);
    }

    /** Plans; none when it is refused as this version must. */
    private @Nullable Plan plan(DrillErrand errand, Path to) throws DrillFault {
        var words = new ArrayList<>(List.of("plan"));
        words.addAll(errand.words());
        words.addAll(List.of(file, "--lab", lab, "-o", to.toString()));
        String[] line = words.toArray(String[]::new);
        DrillShell.Said said = shell.run(
                "plan " + errand.scenario(),
                errand.refusable() ? List.of(0, ExitCode.REFUSED.number()) : List.of(0),
                line);
        if (said.exit() == ExitCode.REFUSED.number() && errand.refusable()) {
            record.refused();
            record.mark(errand.planned());
            return null;
        }
        if (said.exit() != 0) {
            throw new DrillFault("`" + DrillShell.typed(line) + "` ended with exit code " + said.exit() + ": "
                    + String.join(" ", said.last()));
        }
        record.mark(errand.planned());
        Plan plan = read(to).plan();
        html(to);
        return plan;
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

    /**
     * Plans and applies. A plan that is stale by the time it is applied, as a cluster under load may make it, is made again,
     * as a person would.
     *
     * @return the plan; none when it was refused as this version must
     */
    @Nullable
    Plan carriedOut(DrillErrand errand) throws DrillFault {
        int tries = 0;
        for (int i = 1; ; i++) {
            Path to = out.resolve(i == 1 ? errand.file() : i + "-" + errand.file());
            Plan plan = plan(errand, to);
            if (plan == null) {
                return null;
            }
            if (record.technique().isEmpty()) {
                record.technique(plan);
            }
            if (errand.bill()) {
                record.bill(plan);
            }
            DrillApply.Ended ended = apply(plan, to, errand, tries, i < TRIES);
            tries += ended.runs();
            if (ended.exit() != ExitCode.REFUSED.number()) {
                record.mark(errand.done());
                return plan;
            }
            shell.say("the plan is stale: it is made again");
            record.unmark(errand.planned());
        }
    }

    private DrillApply.Ended apply(Plan plan, Path made, DrillErrand errand, int before, boolean again)
            throws DrillFault {
        String id = read(made).id();
        var words =
                new ArrayList<>(List.of("apply", made.toString(), "--topology", file, "--lab", lab, "--approve", id));
        words.addAll(errand.consent());
        words.add("--no-copy-stores");
        var apply = new DrillApply(shell, made, words, options.killApply);
        DrillApply.Ended ended = apply.run(plan.scenario().word(), again);
        int runs = 1;
        while (runs < TRIES && ended.exit() == ExitCode.STOPPED.number()) {
            shell.say("stopped part-way, and run again: " + ended.last());
            ended = apply.run(plan.scenario().word(), again);
            runs++;
        }
        ended = ended.after(runs);
        if (again && ended.exit() == ExitCode.REFUSED.number()) {
            return ended;
        }
        AppliedReader journal = apply.journal();
        record.applied(
                journal.applied(plan.scenario().word()).killed(ended.kills()).tried(before + runs));
        html(made);
        if (errand.planned() == Mark.Kind.PLANNED) {
            journal.at("done", "await-leader").ifPresent(at -> record.mark(Mark.Kind.META_LEADER, at));
        }
        if (ended.exit() == ExitCode.DIFFERENT.number()) {
            throw new DrillFault("`apply` found a broken invariant: " + ended.last(), true);
        }
        if (ended.exit() != 0) {
            throw new DrillFault("`apply` ended with exit code " + ended.exit() + ": " + ended.last());
        }
        return ended;
    }

    /**
     * Judges the invariants, under load, which can leave a replica one message behind in any look: what is broken must be
     * broken for a while. A site that was started by hand has its leaders where elections put them.
     */
    void verify() throws DrillFault {
        List<Integer> may = List.of(0, ExitCode.DIFFERENT.number());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        while (true) {
            DrillShell.Said said = shell.run("verify", may, "verify", file, "--lab", lab, "--format", "json");
            SortedMap<String, String> found = VerifyReader.broken(said.out())
                    .filter(f -> may.contains(said.exit()))
                    .orElseThrow(() -> new DrillFault(
                            "`verify` ended with exit code " + said.exit() + ": " + String.join(" ", said.last())));
            if (record.wasRefused()) {
                found.remove(LEADERS_AT_HOME);
            }
            if (found.isEmpty() || System.nanoTime() > end) {
                record.mark(Mark.Kind.VERIFIED);
                found.forEach((code, evidence) -> record.fault(code + " is broken: " + evidence, true));
                return;
            }
            found.forEach((code, evidence) -> shell.say("not yet: " + code + " " + evidence));
        }
    }

    private void end(Process running) throws DrillFault {
        running.destroy(); // SIGTERM: it ends in order
        try {
            if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new DrillFault("`lab load` did not end within a minute.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrillFault("The drill was interrupted.");
        }
        record.mark(Mark.Kind.ENDED);
    }

    private void audit() throws DrillFault {
        String[] line = {"lab", "audit", file, "--lab", lab, "--ledger", ledger().toString(), "--format", "json"};
        DrillShell.Said said = shell.run("audit", List.of(0, ExitCode.DIFFERENT.number()), line);
        AuditFacts facts = AuditReader.read(said.out())
                .orElseThrow(() -> new DrillFault(
                        "`lab audit` ended with exit code " + said.exit() + ": " + String.join(" ", said.last())));
        record.audit(facts);
        try {
            Files.writeString(out.resolve("audit.json"), said.out(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new DrillFault("The audit cannot be written.");
        }
        if (facts.verdict().equals("open")) {
            throw new DrillFault("A stream could not be read in the end: " + String.join(" ", said.last()));
        }
    }
}
