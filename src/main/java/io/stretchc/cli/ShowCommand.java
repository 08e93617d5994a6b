package io.stretchc.cli;

import io.stretchc.codec.PlanCodec;
import io.stretchc.plan.StepId;
import io.stretchc.plan.StepState;
import io.stretchc.render.HtmlPlan;
import io.stretchc.render.MarkdownPlan;
import io.stretchc.render.PlanView;
import io.stretchc.render.ShellPlan;
import io.stretchc.render.TextPlan;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stretchc show}: a plan, rendered. */
@CommandLine.Command(
        name = "show",
        description = {
            "Show a plan of `plan`: for a terminal, a pull request, a machine, or as a runbook for a shell.",
            "Never touches a cluster. A plan that was edited by hand is refused."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stretchc show plan.yaml", "  stretchc show plan.yaml --format markdown > plan.md"})
final class ShowCommand extends Command {
    @Parameters(paramLabel = "PLAN", description = "Plan file; - for standard input.")
    private String file = "";

    @Option(names = "--format", paramLabel = "F", description = "text, markdown, json, html or shell.")
    private Format format = Format.text;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Show how far a run of `apply` has come, by its journal; in text, markdown and html.")
    private @Nullable String journal;

    /** Forms of a plan. */
    enum Format {
        text,
        markdown,
        json,
        html,
        shell
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    ExitCode run(Console console) {
        if (journal != null && (format == Format.json || format == Format.shell)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "`--journal` goes with the formats text, markdown and html.");
        }
        PlanCodec.Reading.Good good = PlanFile.read(file, console);
        if (good == null) {
            return ExitCode.INVALID;
        }
        PlanView view = new PlanView(good.plan(), good.id());
        if (journal != null) {
            Optional<SortedMap<StepId, StepState>> run = ShownRun.read(console, journal, good);
            if (run.isEmpty()) {
                return ExitCode.INVALID;
            }
            view = view.with(run.get());
        }
        console.out()
                .print(
                        switch (format) {
                            case text -> TextPlan.render(view);
                            case markdown -> MarkdownPlan.render(view);
                            case json -> new PlanCodec().json(good.plan());
                            case html -> HtmlPlan.render(view, Resources.page("plan"));
                            case shell -> ShellPlan.render(view);
                        });
        return ExitCode.OK;
    }
}
