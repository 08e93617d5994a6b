package io.stretchc.cli;

import io.stretchc.plan.Scenario;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc plan readmit}: removed servers become members again. */
@CommandLine.Command(
        name = "readmit",
        description = {
            "Plan how servers that were removed from the meta group become members again under their own names.",
            "A follower is restarted and leads, since a leader that remembers the removal refuses the name."
        },
        footerHeading = "%nExample:%n",
        footer = "  stretchc plan readmit us_1 topologies/stretch.yaml -o plan.yaml")
final class PlanReadmitCommand extends Command {
    @Parameters(
            arity = "2..*",
            paramLabel = "SERVER... TOPOLOGY",
            hideParamSyntax = true,
            description = "Servers that were removed, then the topology file.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--keep-stores",
            description = "Let them start with what they held. Their stores are emptied unless this is given.")
    private boolean keepStores;

    @Mixin
    private PlanChoices options = new PlanChoices();

    @Override
    ExitCode run(Console console) {
        options.file = words.get(words.size() - 1);
        List<ServerName> servers =
                words.subList(0, words.size() - 1).stream().map(ServerName::new).toList();
        return new PlanMaking(console, options).make(new Scenario.Readmit(servers, keepStores), null);
    }
}
