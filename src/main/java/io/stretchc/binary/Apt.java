package io.stretchc.binary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * apt on a suite that the machine is not set up with, from the same mirror and with the same keys: sources, state and
 * cache are private, nothing is installed, no right of root is needed, and what the machine does after an update of its
 * own is left out.
 */
final class Apt {
    private static final String PACKAGE = "nats-server";
    private static final Duration UPDATE_LIMIT = Duration.ofSeconds(90);
    private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(30);
    private final ProcessRunner runner;
    private final SearchPath path;
    private final Path area;

    private Apt(ProcessRunner runner, SearchPath path, Path area) {
        this.runner = runner;
        this.path = path;
        this.area = area;
    }

    /** Reads the package list of a suite into the area, an empty directory. */
    static Apt of(ProcessRunner runner, SearchPath path, AptEntry mirror, String suite, Path area)
            throws SourceFault, IOException {
        var apt = new Apt(runner, path, area);
        Files.createDirectories(area.resolve("state/lists/partial"));
        Files.createDirectories(area.resolve("cache/archives/partial"));
        Files.writeString(area.resolve("debian.sources"), sources(mirror, suite));
        Files.writeString(area.resolve("apt.conf"), "#clear APT::Update;\nAPT::Update::Error-Mode \"any\";\n");
        apt.run("apt-get", UPDATE_LIMIT, "update");
        // before apt 2.1.15 there is no Error-Mode, and a list that could not be had is but a warning
        try (Stream<Path> lists = Files.list(area.resolve("state/lists"))) {
            if (lists.noneMatch(f -> f.toString().contains("_Packages"))) {
                throw new SourceFault("apt-get update left no package list");
            }
        }
        return apt;
    }

    private static String sources(AptEntry mirror, String suite) {
        String signed = mirror.signedBy().isEmpty() ? "" : "Signed-By: " + mirror.signedBy() + "\n";
        return "Types: deb\nURIs: " + mirror.uris().get(0) + "\nSuites: " + suite
                + "\nComponents: main\nTargets: Packages\n" + signed;
    }

    /** The versions of the package, as Debian writes them. */
    List<String> versions() throws SourceFault {
        return madison(run("apt-cache", LOOKUP_LIMIT, "madison", PACKAGE).out());
    }

    /** The second column of {@code nats-server | 2.10.27-1+b2 | URI trixie/main amd64 Packages}. */
    static List<String> madison(String text) {
        return text.lines()
                .map(l -> l.split("\\|", -1))
                .filter(c -> c.length == 3 && c[0].strip().equals(PACKAGE))
                .map(c -> c[1].strip())
                .distinct()
                .toList();
    }

    /** Fetches the package and unpacks it, without installing it. */
    Path unpacked(String debianVersion) throws SourceFault, IOException {
        run("apt-get", UPDATE_LIMIT, "download", PACKAGE + "=" + debianVersion);
        Path root = area.resolve("unpacked");
        Path file;
        try (Stream<Path> files = Files.list(area)) {
            file = files.filter(f -> f.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(() -> new SourceFault("apt-get download left no package"));
        }
        ProcessResult result = runner.run(
                List.of(path.need("dpkg-deb"), "--extract", file.toString(), root.toString()), area, LOOKUP_LIMIT);
        if (!result.ok()) {
            throw new SourceFault("dpkg-deb: " + result.reason());
        }
        return root;
    }

    private ProcessResult run(String program, Duration limit, String... arguments) throws SourceFault {
        var command = new ArrayList<String>();
        command.add(path.need(program));
        command.addAll(List.of("-q", "-c", area.resolve("apt.conf").toString()));
        for (String option : List.of(
                "Dir::Etc::sourcelist=" + area.resolve("debian.sources"),
                "Dir::Etc::sourceparts=-",
                "Dir::State=" + area.resolve("state"),
                "Dir::State::status=/dev/null",
                "Dir::Cache=" + area.resolve("cache"),
                "Acquire::http::Timeout=5",
                "Acquire::https::Timeout=5",
                "Acquire::Retries=1")) {
            command.addAll(List.of("-o", option));
        }
        command.addAll(List.of(arguments));
        ProcessResult result = runner.run(command, area, limit);
        if (!result.ok()) {
            throw new SourceFault(program + " " + arguments[0] + ": " + result.reason());
        }
        return result;
    }
}
