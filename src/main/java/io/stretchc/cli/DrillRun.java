package io.stretchc.cli;

import io.stretchc.drill.ClientView;
import io.stretchc.drill.DrillReport;
import io.stretchc.drill.DrillReport.Outcome;
import io.stretchc.drill.Mark;
import io.stretchc.drill.Rpo;
import io.stretchc.drill.Rto;
import io.stretchc.drill.StreamView;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One drill, from an empty machine to an empty machine. */
final class DrillRun {
    private final Console console;
    private final DrillOptions options;
    private final String file;
    private final DrillScenario scenario;
    private final @Nullable ServerVersion asked;
    private final @Nullable Path directory;
    private final DrillShell shell;
    private final DrillRecord record = new DrillRecord();
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
            new DrillNight(console, options, file, topology, stage, version, out, lab, shell, record)
                    .hold(scenario.script());
        } catch (DrillFault e) {
            record.fault(e.getMessage(), e.broken());
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

    private DrillReport report(ResolvedTopology topology, ServerVersion version, DrillStage stage, Path out) {
        Optional<ClientView> view = DrillNight.view(out.resolve("ledger.jsonl"));
        Optional<Instant> zero = DrillFiles.began(out.resolve("ledger.jsonl"));
        List<Mark> marks = zero.isEmpty() ? List.of() : record.marks(zero.get());
        long killed = at(marks, Mark.Kind.KILLED);
        long over = Math.max(killed, Math.max(at(marks, Mark.Kind.APPLIED), at(marks, Mark.Kind.STARTED)));
        List<StreamView> streams = view.map(v -> v.streams(killed, over)).orElse(List.of());
        Rpo rpo = record.audit() == null || view.isEmpty()
                ? null
                : Rpo.of(
                        record.audit(),
                        view.get(),
                        record.held(),
                        Math.max(
                                killed,
                                at(marks, Mark.Kind.DETECTED))); // killing takes a moment, in which it acknowledges
        if (rpo != null && rpo.promised() > 0) {
            record.fault(
                    rpo.promised() + " acknowledged messages are lost that a survivor held or acknowledged.", true);
        }
        if (rpo != null && rpo.otherwise() > 0) {
            record.fault("The audit found " + rpo.otherwise() + " other broken promises; audit.json names them.", true);
        }
        Outcome outcome = record.broken()
                ? Outcome.BROKEN
                : !record.faults().isEmpty()
                        ? Outcome.STOPPED
                        : record.wasRefused() ? Outcome.REFUSED_AS_IT_MUST : Outcome.PASSED;
        return new DrillReport(
                scenario.toString(),
                topology.backbone().name(),
                version.toString(),
                record.technique(),
                scenario.script().about(stage),
                zero.map(Instant::toString).orElse(""),
                options.killApply,
                options.rate,
                outcome,
                record.faults(),
                marks,
                shell.stages(),
                streams,
                Rto.of(marks, streams).orElse(null),
                rpo,
                record.applied());
    }

    private static long at(List<Mark> marks, Mark.Kind kind) {
        return marks.stream()
                .filter(m -> m.kind() == kind)
                .mapToLong(Mark::at)
                .findFirst()
                .orElse(0);
    }
}
