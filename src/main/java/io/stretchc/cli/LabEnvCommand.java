package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.LabState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc lab env}: a way into a lab for other tools. */
@CommandLine.Command(
        name = "env",
        description = {
            "Print the variables with which the nats CLI gets into an account of a lab, for a shell to read.",
            "They hold the lab's password, which is worth nothing outside this machine."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc lab env",
            "  eval \"$(stretchc lab env)\" && nats server report jetstream",
            "  eval \"$(stretchc lab env --account acc1)\" && nats stream ls"
        })
final class LabEnvCommand extends Command {
    @Parameters(arity = "0..1", paramLabel = "TOPOLOGY", description = "Topology of the lab.")
    private List<String> topology = new ArrayList<>();

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "The account; the system account unless given.")
    private @Nullable String account;

    @Mixin
    private LabSelection selection = new LabSelection();

    @Override
    ExitCode run(Console console) {
        try {
            LabState lab = selection.select(Labs.of(console.environment()), new ArrayList<>(topology));
            LabState.Cluster cluster = lab.backbone();
            String name = account == null ? cluster.system() : account;
            if (!name.equals(cluster.system()) && !cluster.accounts().contains(name)) {
                throw new LabFault(
                        LabFault.Reason.INVALID,
                        "The lab has no account " + Quote.of(name) + "; it has " + Quote.of(cluster.system()) + " and "
                                + Quote.all(cluster.accounts()) + ".");
            }
            String urls = Lab.members(lab).stream()
                    .filter(s -> s.cluster().equals(cluster.name()))
                    .map(LabServer::url)
                    .collect(Collectors.joining(","));
            export(console, "NATS_URL", urls);
            export(console, "NATS_USER", cluster.userIn(name));
            export(console, "NATS_PASSWORD", lab.password());
            return ExitCode.OK;
        } catch (LabFault e) {
            return LabAction.say(console, e);
        }
    }

    private static void export(Console console, String name, String value) {
        console.out().println("export " + name + "='" + value.replace("'", "'\\''") + "'");
    }
}
