package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.lab.LabState;
import io.stretchc.ledger.Kind;
import io.stretchc.load.Counted;
import io.stretchc.load.LedgerFile;
import io.stretchc.load.Load;
import io.stretchc.load.LoadPlan;
import io.stretchc.load.Progress;
import io.stretchc.load.StreamSetup;
import io.stretchc.load.WireFault;
import io.stretchc.nats.JnatsWire;
import io.stretchc.nats.LoginFault;
import io.stretchc.observe.QueryFault;
import io.stretchc.resolve.ResolvedTopology;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code stretchc lab load}: messages at a steady rate, with a ledger of what became of each. */
@CommandLine.Command(
        name = "load",
        description = {
            "Send messages to streams of every kind at a steady rate, and keep a ledger of what became of each.",
            "",
            "Writers of each site of the topology connect to their own site's servers first. Streams that are missing are"
                    + " made: LOAD_R1, LOAD_R3, KV_LOAD (a key-value bucket) and LOAD_WQ (a work queue). Interrupted"
                    + " with Ctrl-C, it ends in order, with a ledger that is complete. `lab audit` then says whether"
                    + " the cluster kept what it acknowledged."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc lab load topologies/stretch.yaml --for 1m --rate 500 --ledger night.jsonl",
            "  stretchc lab load topologies/stretch.yaml --streams r3,kv --tag ha:1 --stream foo",
            "  stretchc lab audit topologies/stretch.yaml --ledger night.jsonl"
        })
final class LabLoadCommand extends Command {
    private static final Duration GIVE_UP = Duration.ofSeconds(60);
    private static final int MOST_WRITERS = 200;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec line;

    @Mixin
    private LabTarget target = new LabTarget();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "How long to send, such as 30s or 5m (default: ${DEFAULT-VALUE}).",
            defaultValue = "30s")
    private Duration length = Duration.ZERO;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages a second, of all writers together (default: ${DEFAULT-VALUE}).",
            defaultValue = "300")
    private int rate;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description = "The ledger, a new file; load-RUN.jsonl if not given.")
    private @Nullable String ledger;

    @Option(
            names = "--writers",
            paramLabel = "N",
            description = "Writers for each site and stream (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private int writers;

    @Option(
            names = "--streams",
            paramLabel = "KINDS",
            split = ",",
            description = "Which streams of its own: r1, r3, kv, wq, or none (default: ${DEFAULT-VALUE}).",
            defaultValue = "r1,r3,kv,wq")
    private List<String> kinds = new ArrayList<>();

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "A stream that is there already, to be loaded too; repeat for more.")
    private List<String> existing = new ArrayList<>();

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "Make streams on servers with this tag only; repeat for more.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "How long an attempt waits for its ack (default: ${DEFAULT-VALUE}).",
            defaultValue = "2s")
    private Duration deadline = Duration.ZERO;

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "How long to wait in the end for what is still open (default: ${DEFAULT-VALUE}).",
            defaultValue = "60s")
    private Duration drain = Duration.ZERO;

    @Override
    ExitCode run(Console console) {
        checkUsage();
        String run = Long.toString(InstantSource.system().millis(), 36);
        Path file = path(ledger == null ? "load-" + run + ".jsonl" : ledger);
        try {
            LabTarget.Read topology = target.topology(console);
            return topology.failed() ? ExitCode.INVALID : load(console, topology.topology(), run, file);
        } catch (QueryFault | LoginFault | WireFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        } catch (FileAlreadyExistsException e) {
            console.err()
                    .println("stretchc: the ledger " + Quote.of(file) + " is there already, and a ledger tells one run;"
                            + " name another with --ledger.");
            return ExitCode.INVALID;
        } catch (IOException e) {
            console.err()
                    .println("stretchc: the ledger cannot be written to " + Quote.of(file)
                            + "; check that the directory is there, may be written to and has room.");
            return ExitCode.INVALID;
        }
    }

    private void checkUsage() {
        if (rate < 1 || rate > 100_000) {
            throw wrong("--rate is from 1 to 100000 messages a second.");
        }
        if (writers < 1 || writers > MOST_WRITERS) {
            throw wrong("--writers is from 1 to " + MOST_WRITERS + ".");
        }
        for (String kind : kinds) {
            if (!List.of("r1", "r3", "kv", "wq", "none").contains(kind)) {
                throw wrong(Quote.of(kind) + " is none of the streams r1, r3, kv, wq.");
            }
        }
        if (setups(3).isEmpty()) {
            throw wrong("there is no stream to send to; name one with --streams or --stream.");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(java.util.Objects.requireNonNull(line).commandLine(), message);
    }

    private Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw wrong("the name " + Quote.of(name) + " is not a path.");
        }
    }

    private ExitCode load(Console console, @Nullable ResolvedTopology topology, String run, Path file)
            throws QueryFault, LoginFault, WireFault, IOException {
        LabTarget.Account account = target.account(console, topology, null);
        Optional<LabState> lab = target.lab(console, topology);
        int servers = topology == null ? 3 : topology.backbone().voters().size();
        var plan = new LoadPlan(
                run,
                account.name(),
                lab.isPresent() ? LoadSites.of(lab.get()) : LoadSites.of(topology, account.login()),
                setups(Math.max(1, Math.min(3, servers))),
                writers,
                rate,
                length,
                deadline,
                GIVE_UP,
                drain);
        SortedMap<String, Counted> counted;
        try (var wire = JnatsWire.connect(account.login(), run);
                var journal = LedgerFile.create(file)) {
            var load = new Load(plan, wire, journal, System::nanoTime, InstantSource.system());
            Thread self = Thread.currentThread();
            var hook = new Thread(() -> end(load, self), "interrupt");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                counted = load.run(p -> {
                    journal.flush();
                    progress(console, p);
                });
            } catch (WireFault e) {
                journal.discard(); // unless something was sent
                throw e;
            } finally {
                unhook(hook);
            }
        }
        if (console.colour().err()) {
            console.err().println();
        }
        console.err().println("the ledger is " + Quote.of(file));
        console.out().print(LoadText.of(counted));
        return ExitCode.OK;
    }

    /** What Ctrl-C does: the process stays until the command has ended in order. */
    private static void end(Load load, Thread command) {
        load.stop();
        try {
            command.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, and waits for this command
        }
    }

    private void progress(Console console, Progress p) {
        boolean live = console.colour().err();
        if (!live && p.elapsed() % 5 != 0) {
            return;
        }
        Counted all = p.total();
        long left = Math.max(0, length.toSeconds() - p.elapsed());
        String text = String.format(
                Locale.ROOT,
                "%d s%s: %d attempts, %d acked, %d timed out, %d refused, %d open",
                p.elapsed(),
                p.draining() ? ", draining" : ", " + left + " s to go",
                all.attempts(),
                all.acks(),
                all.timeouts(),
                all.refusals(),
                p.open());
        console.err().print(live ? "\r" + text + "\u001b[K" : text + "\n");
        console.err().flush();
    }

    private List<StreamSetup> setups(int replicas) {
        var setups = new ArrayList<StreamSetup>();
        if (kinds.contains("r1")) {
            setups.add(new StreamSetup("LOAD_R1", Kind.LOG, List.of("load.r1.*"), 1, tags, true, true));
        }
        if (kinds.contains("r3")) {
            setups.add(new StreamSetup("LOAD_R3", Kind.LOG, List.of("load.r3.*"), replicas, tags, true, true));
        }
        if (kinds.contains("kv")) {
            setups.add(new StreamSetup("KV_LOAD", Kind.LATEST, List.of("$KV.LOAD.>"), replicas, tags, true, false));
        }
        if (kinds.contains("wq")) {
            setups.add(new StreamSetup("LOAD_WQ", Kind.QUEUE, List.of("load.wq.*"), replicas, tags, true, true));
        }
        for (String name : new LinkedHashSet<>(existing)) {
            setups.add(new StreamSetup(name, Kind.LOG, List.of(), 0, List.of(), false, true));
        }
        return setups;
    }
}
