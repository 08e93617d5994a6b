package io.stretchc.cli;

import io.stretchc.codec.PlanCodec;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stretchc apply}: carries a plan out. */
@CommandLine.Command(
        name = "apply",
        description = {
            "Carry out a plan on the live cluster, or go on with it where a former run stopped.",
            "Before each step what must hold is looked for; a step whose result is there already is passed over; after each"
                    + " the result is looked for. The journal remembers: after an interruption, however rude, the same command"
                    + " again comes to the same end. The login is found as for `observe`."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc apply plan.yaml --dry-run",
            "  stretchc apply plan.yaml --approve 3f2a9c1d07be --attest-lost us --reason \"fire, power is cut\"",
            "  stretchc apply plan.yaml"
        })
final class ApplyCommand extends Command {
    @Parameters(paramLabel = "PLAN", description = "Plan file.")
    String file = "";

    @Option(
            names = "--topology",
            paramLabel = "FILE",
            description =
                    "The topology that the plan was made from, when it is neither here nor in topologies/ nor beside"
                            + " the plan.")
    @Nullable
    String topology;

    @Option(
            names = "--approve",
            paramLabel = "ID",
            description = "Approve the plan of this id, or of this beginning of it, 12 digits at least.")
    @Nullable
    String approve;

    @Option(names = "--yes", description = "Approve it, if no step of it is irreversible.")
    boolean yes;

    @Option(
            names = "--attest-lost",
            paramLabel = "SITE",
            description =
                    "Say that a site is gone, or fenced: its servers do not run, and will not start by themselves.")
    List<String> lost = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "How that is known; goes into the journal.")
    @Nullable
    String reason;

    @Option(
            names = "--copies-made",
            description = "The stores of the survivors are copied already, where this cannot do it.")
    boolean copiesMade;

    @Option(names = "--no-copy-stores", description = "Do without copies of the survivors' stores.")
    boolean noCopies;

    @Option(
            names = "--copies",
            paramLabel = "DIR",
            description = "Where copies of stores go; PLAN.stores unless given.")
    @Nullable
    String copies;

    @Option(
            names = "--backups",
            paramLabel = "DIR",
            description = "Directory of the backups that the plan restores streams from, as it was named for `plan`.")
    @Nullable
    String backups;

    @Option(
            names = "--backup-to",
            paramLabel = "DIR",
            description = "Back up every stream that has a leader to DIR, before the first step.")
    @Nullable
    String backupTo;

    @Option(names = "--dry-run", description = "Look, and say what would be done. Changes nothing, writes nothing.")
    boolean dryRun;

    @Option(names = "--pause-after", paramLabel = "STEP", description = "Stop after this step.")
    @Nullable
    String pauseAfter;

    @Option(names = "--journal", paramLabel = "FILE", description = "Journal; PLAN.journal.jsonl unless given.")
    @Nullable
    String journal;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where `compile` wrote the configurations of servers to start; out unless given.")
    String out = "out";

    @Option(names = "--moves", paramLabel = "N", description = "Streams to move at a time; 32 unless given.")
    int moves = 32;

    @Option(
            names = "--move-bytes",
            paramLabel = "MB",
            description = "Megabytes of streams to move at a time; 4096 unless given. One stream moves in any case.")
    long moveMegabytes = 4096;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    ExitCode run(Console console) {
        if (!lost.isEmpty() && (reason == null || reason.isBlank())) {
            throw wrong("`--attest-lost` takes `--reason`: how is it known that the site is gone?");
        }
        if (copiesMade && noCopies) {
            throw wrong("`--copies-made` and `--no-copy-stores` exclude each other.");
        }
        if (moves < 1 || moveMegabytes < 0) {
            throw wrong("`--moves` must be 1 at least, and `--move-bytes` no less than 0.");
        }
        if (file.equals("-") && journal == null) {
            throw wrong("A plan from standard input takes `--journal`.");
        }
        PlanCodec.Reading.Good plan = PlanFile.read(file, console);
        if (plan == null) {
            return ExitCode.INVALID;
        }
        String pause = pauseAfter;
        if (pause != null
                && plan.plan().steps().stream().noneMatch(s -> s.id().text().equals(pause))) {
            throw wrong(
                    "The plan has no step `" + io.stretchc.diag.Quote.plain(pause) + "`; `stretchc show` lists them.");
        }
        return new Applying(console, this, plan.plan(), plan.id()).run();
    }

    List<SiteName> attested() {
        return lost.stream().map(SiteName::new).toList();
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), sentence);
    }
}
