package io.stretchc.cli;

import io.stretchc.compile.ConfigFile;
import io.stretchc.diag.Code;
import io.stretchc.files.Change;
import io.stretchc.files.OutputDirectory;
import io.stretchc.files.OutputFault;
import io.stretchc.render.UnifiedDiff;
import io.stretchc.resolve.ResolvedTopology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Loads topologies, compiles them, and writes or compares the result. Nothing is written unless all are valid. */
final class OutputWriter {
    private final Console console;
    private final OutputOptions options;

    OutputWriter(Console console, OutputOptions options) {
        this.console = console;
        this.options = options;
    }

    /**
     * One topology's directory with what has to change in it.
     *
     * @param listed files to name one by one
     */
    private record Job(
            String cluster, OutputDirectory directory, int files, List<String> listed, List<Change> changes) {}

    ExitCode write(List<String> topologies, Function<ResolvedTopology, List<ConfigFile>> compiler, boolean whole) {
        var loader = new TopologyLoader(console.engines().schema(), null);
        var loaded = new ArrayList<TopologyLoader.Loaded>();
        for (String file : topologies) {
            loaded.add(loader.load(SourceText.read(file, console.in())));
        }
        var reporter = new Reporter(options.strict);
        console.err()
                .print(reporter.render(
                        loaded, Reporter.Format.text, console.colour().err()));
        if (reporter.fails(loaded)) {
            console.err().println(Reporter.view(loaded).summary() + "; nothing was written");
            return ExitCode.INVALID;
        }
        var jobs = new ArrayList<Job>();
        var owners = new TreeMap<String, String>();
        for (TopologyLoader.Loaded file : loaded) {
            ResolvedTopology topology = java.util.Objects.requireNonNull(file.topology());
            String cluster = topology.backbone().name();
            String owner = owners.putIfAbsent(cluster, file.source().name());
            if (owner != null) {
                return fault(
                        Code.FS102,
                        "The topologies " + owner + " and " + file.source().name() + " both compile into "
                                + options.out.resolve(cluster) + ".",
                        "Give their clusters different names.");
            }
            try {
                jobs.add(job(cluster, file.source().name(), compiler.apply(topology), whole));
            } catch (OutputFault e) {
                return fault(code(e), String.valueOf(e.getMessage()), e.fix());
            }
        }
        return options.check ? compare(jobs) : apply(jobs);
    }

    private Job job(String cluster, String source, List<ConfigFile> files, boolean whole) throws OutputFault {
        SortedMap<String, String> texts = new TreeMap<>();
        files.forEach(f -> texts.put(f.path().substring(cluster.length() + 1), f.text()));
        @Nullable Path name = Path.of(source).getFileName();
        var directory = new OutputDirectory(options.out.resolve(cluster), String.valueOf(name));
        List<String> listed = whole
                ? List.of()
                : texts.keySet().stream().filter(f -> f.contains("/")).toList();
        // only a whole compile writes a manifest besides
        return new Job(cluster, directory, texts.size() + (whole ? 1 : 0), listed, directory.changes(texts, whole));
    }

    private ExitCode compare(List<Job> jobs) {
        boolean different = false;
        for (Job job : jobs) {
            for (Change c : job.changes()) {
                different = true;
                if (c.kind() == Change.Kind.KEEP) {
                    continue; // stays, so it is no part of what would change
                }
                String path =
                        options.out.resolve(job.cluster()).resolve(c.path()).toString();
                String before = c.kind() == Change.Kind.ADD ? "" : path;
                String after = c.kind() == Change.Kind.REMOVE ? "" : path;
                console.out().print(UnifiedDiff.of(before, after, c.before(), c.after()));
            }
            kept(job);
        }
        if (different) {
            console.err().println(options.out + " is out of date; `stretchc compile` brings it up to date");
        }
        return different ? ExitCode.DIFFERENT : ExitCode.OK;
    }

    private ExitCode apply(List<Job> jobs) {
        for (Job job : jobs) {
            try {
                job.directory().apply(job.changes());
            } catch (OutputFault e) {
                return fault(code(e), String.valueOf(e.getMessage()), e.fix());
            }
            long removed = count(job, Change.Kind.REMOVE);
            long written = count(job, Change.Kind.ADD) + count(job, Change.Kind.CHANGE);
            console.out()
                    .println(options.out.resolve(job.cluster()) + ": " + job.files() + " files, " + written
                            + " written, " + removed + " removed");
            job.listed()
                    .forEach(f -> console.out()
                            .println(options.out.resolve(job.cluster()).resolve(f)));
            kept(job);
        }
        return ExitCode.OK;
    }

    private void kept(Job job) {
        for (Change c : job.changes()) {
            if (c.kind() == Change.Kind.KEEP) {
                Path file = options.out.resolve(job.cluster()).resolve(c.path());
                say(Code.FS103, file + " no longer belongs here, but was changed by hand; it stays.");
                console.err().println("    fix: Remove it, or keep it somewhere else.");
            }
        }
    }

    private void say(Code code, String message) {
        console.err().println(code.severity() + " " + code + ": " + message);
    }

    private static long count(Job job, Change.Kind kind) {
        return job.changes().stream().filter(c -> c.kind() == kind).count();
    }

    private ExitCode fault(Code code, String message, String fix) {
        say(code, message);
        console.err().println("    fix: " + fix);
        return code == Code.FS101 ? ExitCode.INVALID : ExitCode.REFUSED;
    }

    private static Code code(OutputFault fault) {
        return switch (fault.kind()) {
            case UNUSABLE -> Code.FS101;
            case FOREIGN -> Code.FS102;
            case IN_THE_WAY -> Code.FS104;
        };
    }
}
