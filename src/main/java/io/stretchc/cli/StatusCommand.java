package io.stretchc.cli;

import io.stretchc.nats.LoginFault;
import io.stretchc.observe.QueryFault;
import io.stretchc.render.JsonStatus;
import io.stretchc.render.TextStatus;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.status.CensusText;
import io.stretchc.status.ClusterState;
import io.stretchc.status.ClusterStatus;
import io.stretchc.status.Generations;
import io.stretchc.status.StatusReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stretchc status}: the live cluster held against its topology. */
@CommandLine.Command(
        name = "status",
        description = {
            "Say what state a live cluster is in, what is wrong, and which command comes next.",
            "Changes nothing. The login is found as for `observe`."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc status topologies/stretch.yaml",
            "  stretchc status topologies/stretch.yaml --watch",
            "  stretchc status topologies/stretch.yaml --snapshot snapshot.json --format json"
        })
final class StatusCommand extends Command {
    @Parameters(paramLabel = "TOPOLOGY", description = "Topology file.")
    private String file = "";

    @Option(
            names = "--snapshot",
            paramLabel = "FILE",
            description = "Look at a snapshot of `observe` instead of a live cluster.")
    private @Nullable String snapshot;

    @Option(names = "--format", paramLabel = "F", description = "text or json.")
    private ViewFormat format = ViewFormat.text;

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "3",
            paramLabel = "SECONDS",
            description =
                    "Look again every so many seconds, 3 by itself, until interrupted: in place on a terminal, else a"
                            + " block whenever something has changed.")
    private @Nullable Integer watch;

    @Option(names = "--exit-code", description = "End with 3 unless the cluster is healthy.")
    private boolean exitCode;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    ExitCode run(Console console) {
        if (watch != null && (watch < 1 || watch > 3600)) {
            throw wrong("--watch takes a number of seconds from 1 to 3600.");
        }
        if (watch != null && snapshot != null) {
            throw wrong("--watch looks at a live cluster, and --snapshot at a file: give one of them.");
        }
        LiveTopology topology;
        try {
            topology =
                    snapshot == null ? LiveTopology.load(file, console, connection) : LiveTopology.load(file, console);
        } catch (LoginFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        }
        if (topology == null) {
            return ExitCode.INVALID;
        }
        try (var live = new LiveSource(connection, console, topology.topology())) {
            if (watch == null) {
                return once(console, topology, live);
            }
            boolean inPlace = console.terminal().out() && format == ViewFormat.text;
            new Watcher(console, inPlace, StatusCommand::pause)
                    .run(() -> block(console, topology, live), Duration.ofSeconds(watch));
            return ExitCode.OK;
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), message);
    }

    private ExitCode once(Console console, LiveTopology topology, LiveSource live) {
        try {
            ClusterSnapshot seen = snapshot == null ? live.look() : SnapshotFile.read(snapshot, console);
            LiveTopology there = topology.adopting(seen);
            Census census = there.census(seen);
            if (census.twoClusters()) {
                CensusText.of(census).forEach(console.err()::println);
                return ExitCode.REFUSED;
            }
            ClusterStatus status = StatusReader.read(there.topology(), seen, census, file);
            Generations.of(topology.topology(), seen).notes().forEach(console.err()::println);
            console.out().print(render(console, status));
            return exitCode && status.state() != ClusterState.HEALTHY ? ExitCode.DIFFERENT : ExitCode.OK;
        } catch (QueryFault | LoginFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        } catch (SnapshotFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.INVALID;
        }
    }

    private String block(Console console, LiveTopology topology, LiveSource live) {
        try {
            ClusterSnapshot seen = live.look();
            LiveTopology there = topology.adopting(seen);
            Census census = there.census(seen);
            return census.twoClusters()
                    ? nothing("refused", String.join(" ", CensusText.of(census)))
                    : render(console, StatusReader.read(there.topology(), seen, census, file));
        } catch (QueryFault | LoginFault e) {
            return nothing("out of reach", String.valueOf(e.getMessage()));
        }
    }

    private String nothing(String state, String why) {
        return format == ViewFormat.json ? JsonStatus.nothing(state, why) : state + ": " + why + "\n";
    }

    private String render(Console console, ClusterStatus status) {
        return switch (format) {
            case text -> new TextStatus(console.colour().out()).render(status);
            case json -> JsonStatus.render(status);
        };
    }

    /** An interrupt of the terminal ends the process; one of the thread ends the watch. */
    private static boolean pause(Duration interval) {
        try {
            Thread.sleep(interval.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
