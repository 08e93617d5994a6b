package io.stretchc.cli;

import io.stretchc.codec.PlanCodec;
import io.stretchc.diag.Quote;
import io.stretchc.render.HtmlPlan;
import io.stretchc.render.MarkdownPlan;
import io.stretchc.render.PlanView;
import io.stretchc.render.ShellPlan;
import io.stretchc.render.TextPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
    /** What a plan may have at most; one for 10,000 streams takes some 30 MB. */
    private static final int LIMIT = 512 * 1024 * 1024;

    @Parameters(paramLabel = "PLAN", description = "Plan file; - for standard input.")
    private String file = "";

    @Option(names = "--format", paramLabel = "F", description = "text, markdown, json, html or shell.")
    private Format format = Format.text;

    /** Forms of a plan. */
    enum Format {
        text,
        markdown,
        json,
        html,
        shell
    }

    @Override
    ExitCode run(Console console) {
        PlanCodec.Reading reading;
        try (InputStream in = file.equals("-") ? console.in() : Files.newInputStream(Path.of(file))) {
            reading = new PlanCodec().read(in, LIMIT);
        } catch (IOException | InvalidPathException e) {
            console.err()
                    .println("stretchc: the plan " + Quote.of(file)
                            + " cannot be read; check its name and permissions, or"
                            + " make one with `stretchc plan`.");
            return ExitCode.INVALID;
        }
        if (reading instanceof PlanCodec.Reading.Bad bad) {
            console.err().println("stretchc: " + Quote.of(file) + ": " + bad.reason());
            return ExitCode.INVALID;
        }
        var good = (PlanCodec.Reading.Good) reading;
        var view = new PlanView(good.plan(), good.id());
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
