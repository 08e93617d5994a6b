package io.stretchc.cli;

import io.stretchc.plan.Scenario;
import io.stretchc.topology.AccountName;
import io.stretchc.topology.StreamName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stretchc plan fallback}: streams of which a server is silent, while no site is lost. */
@CommandLine.Command(
        name = "fallback",
        description = {
            "Plan how streams get their replicas back while a server of theirs is silent.",
            "For each: from a spare server that is lent their tag, at the next fallback of their placement,",
            "or by waiting: what is safest, then what moves least. --undo brings them home."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc plan fallback topologies/stretch.yaml -o plan.yaml",
            "  stretchc plan fallback topologies/stretch.yaml --stream acc1/foo -o plan.yaml",
            "  stretchc plan fallback --undo topologies/stretch.yaml -o plan.yaml"
        })
final class PlanFallbackCommand extends Command {
    @Option(
            names = "--stream",
            paramLabel = "ACCOUNT/STREAM",
            description = "Only this stream; may be given several times. All, if not given.")
    private List<String> streams = new ArrayList<>();

    @Option(names = "--undo", description = "Bring home what fell back, and give lent tags back.")
    private boolean undo;

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Spec
    private @org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    ExitCode run(Console console) {
        var wanted = new ArrayList<Scenario.Stream>();
        for (String stream : streams) {
            int slash = stream.indexOf('/');
            if (slash < 1 || slash == stream.length() - 1) {
                throw new ParameterException(
                        java.util.Objects.requireNonNull(spec).commandLine(),
                        "A stream is named as ACCOUNT/STREAM, not as '" + stream + "'.");
            }
            wanted.add(new Scenario.Stream(
                    new AccountName(stream.substring(0, slash)), new StreamName(stream.substring(slash + 1))));
        }
        return new PlanMaking(console, options).make(new Scenario.Fallback(wanted, undo), null);
    }
}
