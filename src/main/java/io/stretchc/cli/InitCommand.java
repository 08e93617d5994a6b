package io.stretchc.cli;

import io.stretchc.compile.Scaffold;
import io.stretchc.diag.Quote;
import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc init}: a first topology. */
@CommandLine.Command(
        name = "init",
        description = {
            "Write a first topology, commented, to go on from. Never overwrites a file.",
            "",
            "Beside it goes topology.schema.json, from which editors complete and explain it."
        },
        footerHeading = "%nExample:%n",
        footer = "  stretchc init topology.yaml --cluster ORDERS --sites us,emea --servers 3 --server-version 2.10.27")
final class InitCommand extends Command {
    private static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,62}";

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "File to write; standard output if none is given.")
    private String file = "-";

    @Option(names = "--cluster", paramLabel = "NAME", description = "Name of the cluster (default: STRETCH).")
    private String cluster = "STRETCH";

    @Option(
            names = "--sites",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "S,S",
            description = "Names of the sites (default: east,west).")
    private List<String> sites = List.of("east", "west");

    @Option(names = "--servers", paramLabel = "N", description = "Servers per site (default: 3).")
    private int servers = 3;

    @Option(
            names = "--server-version",
            paramLabel = "V",
            converter = VersionOption.class,
            description = "Version of nats-server (default: 2.12.15).")
    private ServerVersion version = new ServerVersion(2, 12, 15);

    @Override
    ExitCode run(Console console) {
        boolean named = cluster.matches(NAME) && sites.stream().allMatch(s -> s.matches(NAME));
        if (!named || new TreeSet<>(sites).size() != sites.size()) {
            console.err()
                    .println(
                            "stretchc: names of clusters and sites begin with a letter, go on with letters, digits, `_` and `-`, and differ.");
            return ExitCode.USAGE;
        }
        if (servers < 1 || servers > 100 || sites.size() > 20) {
            console.err().println("stretchc: --servers is from 1 to 100, and there are at most 20 sites.");
            return ExitCode.USAGE;
        }
        if (version.major() != 2 || !version.atLeast(2, 9, 0)) {
            console.err().println("stretchc: --server-version is 2.9 or a later 2.x.");
            return ExitCode.USAGE;
        }
        String text = new Scaffold(cluster, sites, servers, version.toString())
                .render(console.engines().templates());
        if (file.equals("-")) {
            console.out().print(text);
            return ExitCode.OK;
        }
        try {
            Path written = Files.writeString(Path.of(file), text, StandardOpenOption.CREATE_NEW);
            Path schema = written.resolveSibling("topology.schema.json");
            if (!Files.exists(schema, LinkOption.NOFOLLOW_LINKS)) {
                Files.writeString(schema, Resources.schemaText(), StandardOpenOption.CREATE_NEW);
                console.err().println("wrote " + schema + ", for editors");
            }
            console.err().println("wrote " + file + "; next: stretchc validate " + file);
            return ExitCode.OK;
        } catch (FileAlreadyExistsException e) {
            console.err().println("stretchc: " + Quote.of(file) + " exists already; name another file.");
            return ExitCode.REFUSED;
        } catch (IOException | InvalidPathException e) {
            console.err()
                    .println("stretchc: " + Quote.of(file)
                            + " cannot be written; check the directory and its permissions.");
            return ExitCode.INVALID;
        }
    }
}
