package io.stretchc.binary;

import io.stretchc.diag.Quote;
import io.stretchc.topology.ServerVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks an executable which nats-server it is. All versions from 2.0 on answer {@code nats-server: v2.10.27} to
 * {@code --version} on standard output; pre-releases say {@code v2.15.0-RC.1} or {@code -dev} and are not taken for the
 * release.
 */
final class VersionProbe {
    private static final Pattern ANSWER = Pattern.compile("nats-server: v(\\d+\\.\\d+\\.\\d+)\\s*");
    private final ProcessRunner runner;
    private final Duration limit;

    VersionProbe(ProcessRunner runner, Duration limit) {
        this.runner = runner;
        this.limit = limit;
    }

    /**
     * What came of asking: a version, or what is wrong.
     *
     * @param problem half a sentence; empty when there is a version
     */
    record Answer(@Nullable ServerVersion version, String problem) {}

    /** Asks, unless it is plain that there is nothing to run. */
    Answer ask(Path executable) {
        String problem = problem(executable);
        if (!problem.isEmpty()) {
            return new Answer(null, problem);
        }
        Path directory =
                java.util.Objects.requireNonNull(executable.toAbsolutePath().getParent());
        ProcessResult result =
                runner.run(List.of(executable.toAbsolutePath().toString(), "--version"), directory, limit);
        Matcher m = ANSWER.matcher(result.out());
        if (result.ok() && m.matches()) {
            Optional<ServerVersion> version = ServerVersion.parse(m.group(1));
            if (version.isPresent()) {
                return new Answer(version.get(), "");
            }
        }
        return new Answer(
                null,
                result.ok()
                        ? "its answer to --version is not that of a nats-server release: "
                                + Quote.of(result.out().strip())
                        : "--version: " + result.reason());
    }

    /** What is wrong with the file itself; empty when it can be run. */
    static String problem(Path executable) {
        if (!Files.exists(executable)) {
            return "there is no such file";
        }
        if (!Files.isRegularFile(executable)) {
            return Files.isDirectory(executable) ? "it is a directory" : "it is not a regular file";
        }
        return Files.isExecutable(executable) ? "" : "it is not executable";
    }
}
