package io.stretchc.cli;

import io.stretchc.compile.ConfigCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stretchc compile}: topologies to configuration files. */
@CommandLine.Command(
        name = "compile",
        description = "Write the configuration of every server, arbiter, stand-in and replacement.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc compile topologies/stretch.yaml",
            "  stretchc compile --check   # all of topologies/, in CI"
        })
final class CompileCommand extends Command {
    private static final Path TOPOLOGIES = Path.of("topologies");

    @Parameters(
            arity = "0..*",
            paramLabel = "TOPOLOGY",
            description = "Topology files; all of topologies/*.yaml if none is given.")
    private List<String> files = new ArrayList<>();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    ExitCode run(Console console) {
        List<String> topologies = files.isEmpty() ? inTopologies() : files;
        if (topologies.isEmpty()) {
            console.err().println("stretchc: there is no topology: none was given, and topologies/ has none.");
            return ExitCode.USAGE;
        }
        var compiler = new ConfigCompiler(console.engines().templates());
        return new OutputWriter(console, output).write(topologies, t -> compiler.compile(t), true);
    }

    private static List<String> inTopologies() {
        if (!Files.isDirectory(TOPOLOGIES)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(TOPOLOGIES)) {
            return list.map(Path::toString)
                    .filter(f -> f.endsWith(".yaml") || f.endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
