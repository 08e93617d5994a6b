package io.stretchc.cli;

import io.stretchc.codec.SnapshotCodec;
import io.stretchc.diag.Quote;
import io.stretchc.nats.LoginFault;
import io.stretchc.observe.QueryFault;
import io.stretchc.plan.Plan;
import io.stretchc.plan.PlanInput;
import io.stretchc.plan.PlanResult;
import io.stretchc.plan.Planner;
import io.stretchc.plan.Refusal;
import io.stretchc.plan.Scenario;
import io.stretchc.quorum.Technique;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.simulate.Simulator;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.vault.BackupFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Looks, plans, and writes the plan or says why there is none. */
final class PlanMaking {
    private final Console console;
    private final PlanChoices options;
    private final PlanProof proof;

    PlanMaking(Console console, PlanChoices options) {
        this(console, options, Simulator::prove);
    }

    PlanMaking(Console console, PlanChoices options, PlanProof.Prover prover) {
        this.console = console;
        this.proof = new PlanProof(console, prover);
        this.options = options;
    }

    ExitCode make(Scenario scenario, @Nullable Technique technique) {
        return make(scenario, technique, null);
    }

    /**
     * Makes the plan.
     *
     * @param backups directory of backups of streams that may be lost; none to do without
     */
    ExitCode make(Scenario scenario, @Nullable Technique technique, @Nullable String backups) {
        SnapshotReading reading = options.snapshot == null ? null : SnapshotReading.begin(options.snapshot, console);
        try {
            LiveTopology topology = reading == null
                    ? LiveTopology.load(options.file, console, options.connection)
                    : LiveTopology.load(options.file, console);
            if (topology == null) {
                return ExitCode.INVALID;
            }
            PlanInput input = input(topology, technique, reading);
            if (backups != null) {
                input = new PlanBackups(backups, console).into(input);
            }
            return say(Planner.plan(input, scenario), input);
        } catch (QueryFault | LoginFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        } catch (SnapshotFault | BackupFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.INVALID;
        } catch (IOException e) {
            console.err()
                    .println("stretchc: the plan cannot be written to " + Quote.of(String.valueOf(options.output))
                            + "; check its name and permissions.");
            return ExitCode.INVALID;
        }
    }

    private PlanInput input(LiveTopology topology, @Nullable Technique technique, @Nullable SnapshotReading reading)
            throws QueryFault, LoginFault, SnapshotFault {
        Plan.Source source = source(options.file, topology.written());
        if (reading != null) {
            SnapshotCodec.Reading.Good read = reading.good();
            return new PlanInput(topology.topology(), source, read.snapshot(), read.fingerprint(), technique);
        }
        try (var live = new LiveSource(options.connection, console, topology.topology())) {
            ClusterSnapshot seen = live.look();
            return new PlanInput(topology.topology(), source, seen, new SnapshotCodec().fingerprint(seen), technique);
        }
    }

    private ExitCode say(PlanResult result, PlanInput input) throws IOException {
        if (result instanceof PlanResult.NothingToDo nothing) {
            console.err().println("Nothing to do: " + nothing.why());
            Path left = output();
            if (left != null && Files.exists(left)) {
                console.err()
                        .println("The file " + Quote.of(String.valueOf(options.output))
                                + " is left as it was: an older plan, if it is one.");
            }
            return ExitCode.OK;
        }
        if (result instanceof PlanResult.Refused refused) {
            for (Refusal r : refused.reasons()) {
                console.err().println("refused: " + r.sentence());
                console.err().println("  " + r.wayOut());
            }
            return ExitCode.REFUSED;
        }
        Plan plan = ((PlanResult.Planned) result).plan();
        Path file = output();
        try (PlanSpool text = PlanSpool.of(plan, file == null ? null : Placed.beside(file))) {
            if (!proof.holds(plan, input)) {
                return ExitCode.BUG;
            }
            if (file == null) {
                text.copyTo(new Utf8Writer(console.out()));
                console.out().flush();
            } else {
                text.moveTo(file);
            }
            console.err().println("plan of " + plan.steps().size() + " steps, " + text.id());
        }
        if (file != null) {
            console.err().println("Read it with: stretchc show " + Quote.plain(String.valueOf(options.output)));
        }
        return options.detailed ? ExitCode.DIFFERENT : ExitCode.OK;
    }

    /** The file that the plan goes to; none for standard output. */
    private @Nullable Path output() throws IOException {
        if (options.output == null || options.output.equals("-")) {
            return null;
        }
        try {
            return Path.of(options.output);
        } catch (InvalidPathException e) {
            throw new IOException("not a path", e);
        }
    }

    /** Without its directory, which differs from machine to machine. */
    private static String name(String file) {
        Path name = Path.of(file).getFileName();
        return name == null ? file : name.toString();
    }

    /** The topology is made of values, so that its text says all of it, and nothing of comments and layout. */
    static Plan.Source source(String file, ResolvedTopology topology) {
        String text = topology.source().toString();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Plan.Source(name(file), "sha256:" + HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
