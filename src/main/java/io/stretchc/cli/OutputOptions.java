package io.stretchc.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of commands that write configuration files. */
final class OutputOptions {
    @Option(names = "--out", paramLabel = "DIR", description = "Output directory (default: out).")
    Path out = Path.of("out");

    @Option(names = "--check", description = "Write nothing; print a diff and exit 3 when DIR is out of date.")
    boolean check;

    @Option(names = "--strict", description = "Let warnings fail too.")
    boolean strict;
}
