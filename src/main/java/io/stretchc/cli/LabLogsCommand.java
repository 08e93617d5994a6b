package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.LabState;
import io.stretchc.lab.Targets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stretchc lab logs}: what servers wrote. */
@CommandLine.Command(
        name = "logs",
        description = "Print the last lines that servers of a lab wrote; of all if none is named.",
        footerHeading = "%nExample:%n",
        footer = "  stretchc lab logs us_1 --lines 50")
final class LabLogsCommand extends Command {
    @Parameters(arity = "0..*", paramLabel = "TARGET", description = "Servers or sites.")
    private List<String> targets = new ArrayList<>();

    @Mixin
    private LabSelection selection = new LabSelection();

    @Option(names = "--lines", paramLabel = "N", description = "How many of each; 20 unless given.")
    private int lines = 20;

    @Override
    ExitCode run(Console console) {
        try {
            if (lines < 1) {
                throw new LabFault(LabFault.Reason.INVALID, "--lines is 1 or more.");
            }
            Labs labs = Labs.of(console.environment());
            var named = new ArrayList<>(targets);
            LabState lab = selection.select(labs, named);
            List<LabServer> servers = named.isEmpty() ? lab.servers() : new Targets(lab).everything(named);
            for (LabServer server : servers) {
                List<String> log = Lab.log(server, lines);
                if (!log.isEmpty()) {
                    console.out()
                            .println("== " + server.name() + " (" + Lab.title(server.role()) + "), " + server.log());
                    log.forEach(l -> console.out().println(Quote.sentence(l)));
                }
            }
            return ExitCode.OK;
        } catch (LabFault e) {
            return LabAction.say(console, e);
        }
    }
}
