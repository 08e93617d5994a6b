package io.stretchc.cli;

import io.stretchc.compile.ConfigCompiler;
import io.stretchc.compile.ConfigDigest;
import io.stretchc.compile.ConfigFile;
import io.stretchc.diag.Quote;
import io.stretchc.invariant.Evidence;
import io.stretchc.invariant.Finding;
import io.stretchc.invariant.Invariants;
import io.stretchc.invariant.Verdict;
import io.stretchc.nats.LoginFault;
import io.stretchc.observe.QueryFault;
import io.stretchc.render.JsonVerify;
import io.stretchc.render.TextVerify;
import io.stretchc.render.VerifyView;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.status.CensusText;
import io.stretchc.status.Generations;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc verify}: the invariants of a healthy cluster. */
@CommandLine.Command(
        name = "verify",
        description = {
            "Hold a live cluster against the invariants of a healthy one, each with a code and evidence.",
            "Changes nothing, and ends with 3 when one is broken. The login is found as for `observe`."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc verify topologies/stretch.yaml",
            "  stretchc verify topologies/stretch.yaml --since before.json",
            "  stretchc verify topologies/stretch.yaml --snapshot snapshot.json --format json"
        })
final class VerifyCommand extends Command {
    /** What is only out of order for a moment has this many looks to come right. */
    private static final int LOOKS = 4;

    private static final long BETWEEN_LOOKS_MILLIS = 1000;

    @Parameters(paramLabel = "TOPOLOGY", description = "Topology file.")
    private String file = "";

    @Option(
            names = "--snapshot",
            paramLabel = "FILE",
            description = "Look at a snapshot of `observe` instead of a live cluster.")
    private @Nullable String snapshot;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = "A snapshot from before: nothing that it has may be gone or have gone back.")
    private @Nullable String since;

    @Option(names = "--format", paramLabel = "F", description = "text or json.")
    private ViewFormat format = ViewFormat.text;

    @Option(names = "--strict", description = "End with 3 as well when an invariant cannot be told.")
    private boolean strict;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    ExitCode run(Console console) {
        try {
            LiveTopology topology =
                    snapshot == null ? LiveTopology.load(file, console, connection) : LiveTopology.load(file, console);
            if (topology == null) {
                return ExitCode.INVALID;
            }
            try (var live = new LiveSource(connection, console, topology.topology())) {
                return verify(console, topology, live);
            }
        } catch (QueryFault | LoginFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        } catch (SnapshotFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.INVALID;
        }
    }

    private ExitCode verify(Console console, LiveTopology topology, LiveSource live)
            throws QueryFault, LoginFault, SnapshotFault {
        ClusterSnapshot before = since == null ? null : SnapshotFile.read(since, console);
        if (before != null
                && !before.cluster().equals(topology.topology().backbone().name())) {
            throw new SnapshotFault("The snapshot of --since is of the cluster " + Quote.of(before.cluster())
                    + ", and the topology is of "
                    + Quote.of(topology.topology().backbone().name())
                    + "; give one of the same cluster.");
        }
        SortedMap<String, String> digests = topology.lab().isPresent()
                ? LabDigests.of(topology.lab().get())
                : digests(console, topology.topology().backbone());
        ClusterSnapshot now = snapshot == null ? live.look() : SnapshotFile.read(snapshot, console);
        ClusterSnapshot earlier = null;
        for (int looks = 1; ; looks++) {
            LiveTopology there = topology.adopting(now);
            Census census = there.census(now);
            if (census.twoClusters()) {
                CensusText.of(census).forEach(console.err()::println);
                return ExitCode.REFUSED;
            }
            List<Finding> findings =
                    Invariants.judge(new Evidence(there.topology(), now, census, earlier, before, digests));
            if (snapshot != null || looks == LOOKS || !worthALook(findings) || !pause()) {
                Generations.of(topology.topology(), now).notes().forEach(console.err()::println);
                return report(console, topology, findings);
            }
            earlier = now;
            now = live.look();
        }
    }

    private static boolean worthALook(List<Finding> findings) {
        return findings.stream()
                .anyMatch(f -> f.verdict() != Verdict.HOLDS && f.invariant().moving());
    }

    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ExitCode report(Console console, LiveTopology topology, List<Finding> findings) {
        var view = new VerifyView(topology.topology().backbone().name(), findings);
        console.out()
                .print(
                        switch (format) {
                            case text -> new TextVerify(console.colour().out()).render(view);
                            case json -> JsonVerify.render(view);
                        });
        boolean broken = view.count(Verdict.BROKEN) > 0 || (strict && view.count(Verdict.UNKNOWN) > 0);
        return broken ? ExitCode.DIFFERENT : ExitCode.OK;
    }

    /** Digests of what is compiled, by file. */
    private static SortedMap<String, String> digests(Console console, ClusterModel cluster) {
        var compiler = new ConfigCompiler(console.engines().templates());
        String accounts = compiler.accounts(cluster).text();
        var digests = new TreeMap<String, String>();
        for (ConfigFile file : compiler.servers(cluster, s -> true)) {
            ConfigDigest.of(file.text(), accounts)
                    .ifPresent(d -> digests.put(
                            file.path().substring(cluster.directory().length() + 1), d));
        }
        return digests;
    }
}
