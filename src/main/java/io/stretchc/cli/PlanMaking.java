package io.stretchc.cli;

import io.stretchc.codec.PlanText;
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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Looks, plans, and writes the plan or says why there is none. */
final class PlanMaking {
    private final Console console;
    private final PlanOptions options;
    private final PlanProof proof;

    PlanMaking(Console console, PlanOptions options) {
        this(console, options, Simulator::prove);
    }

    PlanMaking(Console console, PlanOptions options, PlanProof.Prover prover) {
        this.console = console;
        this.proof = new PlanProof(console, prover);
        this.options = options;
    }

    ExitCode make(Scenario scenario, @Nullable Technique technique) {
        try {
            LiveTopology topology = options.snapshot == null
                    ? LiveTopology.load(options.file, console, options.connection)
                    : LiveTopology.load(options.file, console);
            if (topology == null) {
                return ExitCode.INVALID;
            }
            PlanInput input = input(topology, technique);
            return say(Planner.plan(input, scenario), input);
        } catch (QueryFault | LoginFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        } catch (SnapshotFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.INVALID;
        } catch (IOException e) {
            console.err()
                    .println("stretchc: the plan cannot be written to " + Quote.of(String.valueOf(options.output))
                            + "; check its name and permissions.");
            return ExitCode.INVALID;
        }
    }

    private PlanInput input(LiveTopology topology, @Nullable Technique technique)
            throws QueryFault, LoginFault, SnapshotFault {
        Plan.Source source = source(options.file, topology.written());
        if (options.snapshot != null) {
            SnapshotCodec.Reading.Good read = SnapshotFile.reading(options.snapshot, console);
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
        // a plan for very many streams takes as long to write and hash as to prove
        CompletableFuture<PlanText> text = CompletableFuture.supplyAsync(() -> PlanText.of(plan));
        if (!proof.holds(plan, input)) {
            return ExitCode.BUG;
        }
        PlanText written = text.join();
        write(written);
        console.err().println("plan of " + plan.steps().size() + " steps, " + written.id());
        if (options.output != null && !options.output.equals("-")) {
            console.err().println("Read it with: stretchc show " + Quote.plain(options.output));
        }
        return options.detailed ? ExitCode.DIFFERENT : ExitCode.OK;
    }

    private void write(PlanText text) throws IOException {
        if (options.output == null || options.output.equals("-")) {
            text.write(new Utf8Writer(console.out()));
            console.out().flush();
            return;
        }
        Path file;
        try {
            file = Path.of(options.output);
        } catch (InvalidPathException e) {
            throw new IOException("not a path", e);
        }
        Path directory = java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path made = Files.createTempFile(directory, ".plan", ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(made)) {
                text.write(out);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
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
