package io.stretchc.render;

import io.stretchc.plan.Condition;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Step;
import io.stretchc.plan.StepState;
import org.jspecify.annotations.Nullable;

/** A plan for a pull request: the bill and the warnings first, then the steps. */
public final class MarkdownPlan {
    private MarkdownPlan() {}

    /** The plan as GitHub-flavoured Markdown. */
    public static String render(PlanView view) {
        Plan plan = view.plan();
        var text = new StringBuilder();
        text.append("# ").append(plain(PlanWords.headline(plan))).append("\n\n");
        text.append("| | |\n|---|---|\n");
        row(text, "Plan", "`" + view.id() + "`");
        row(text, "Cluster", plain(plan.cluster()) + ", nats-server " + plan.version());
        row(text, "Technique", PlanWords.technique(plan));
        row(
                text,
                "Point of no return",
                plan.pointOfNoReturn() == null
                        ? "none, every step can be taken back"
                        : "step `" + plan.pointOfNoReturn() + "`");
        text.append('\n').append(sentence(plan.strategy().reason())).append("\n\n## What may be lost\n\n");
        if (plan.losses().isEmpty()) {
            text.append(PlanWords.noLoss(plan)).append('\n');
        } else {
            text.append("| Stream | Left | On | Up to sequence | |\n|---|---|---|---|---|\n");
            for (LossEntry l : plan.losses()) {
                boolean held = !l.survivors().isEmpty();
                text.append("| ")
                        .append(plain(l.stream() + " of " + l.account()))
                        .append(" | ")
                        .append(PlanWords.fate(l.fate()))
                        .append(" | ")
                        .append(plain(PlanWords.names(l.survivors())))
                        .append(" | ")
                        .append(held ? String.valueOf(l.lastSequence()) : "-")
                        .append(" | ")
                        .append(sentence(l.why()))
                        .append(" |\n");
            }
        }
        if (!plan.warnings().isEmpty()) {
            text.append("\n## Before you approve\n\n");
            plan.warnings().forEach(w -> text.append("- ").append(sentence(w)).append('\n'));
        }
        text.append("\n## Steps\n");
        int number = 0;
        for (Step step : plan.steps()) {
            number++;
            if (step.id().equals(plan.pointOfNoReturn())) {
                text.append("\n---\n\n**Point of no return: what follows cannot be taken back.**\n");
            }
            step(text, number, step, view.state(step.id()));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private static void step(StringBuilder text, int number, Step step, @Nullable StepState state) {
        text.append("\n### ")
                .append(number)
                .append(". ")
                .append(plain(PlanWords.title(step.action())))
                .append("\n\n`")
                .append(step.id())
                .append("` · ")
                .append(PlanWords.risk(step.risk()))
                .append(" · within ")
                .append(PlanWords.duration(step.within()))
                .append(state == null ? "" : " · **" + PlanWords.state(state) + "**")
                .append("\n\n")
                .append(sentence(step.reason()))
                .append("\n\n");
        for (Condition c : step.before()) {
            text.append("- before: ").append(sentence(c.sentence())).append('\n');
        }
        for (Condition c : step.after()) {
            text.append("- after: ").append(sentence(c.sentence())).append('\n');
        }
        text.append("- undo: ")
                .append(step.undo() == null ? "cannot be taken back" : sentence(step.undo()))
                .append('\n');
        text.append("- by hand: ").append(sentence(step.byHand().expect())).append('\n');
        if (!step.byHand().commands().isEmpty()) {
            String fence = fence(step);
            text.append('\n').append(fence).append("sh\n");
            step.byHand().commands().forEach(c -> text.append(Shown.of(c)).append('\n'));
            text.append(fence).append('\n');
        }
    }

    /** Longer than any row of backticks in the commands. */
    private static String fence(Step step) {
        String fence = "```";
        while (String.join("\n", step.byHand().commands()).contains(fence)) {
            fence = fence + "`";
        }
        return fence;
    }

    /** A name of the cluster, of which nothing is markup. */
    private static String plain(String text) {
        return Shown.of(text).replaceAll("([\\\\`*\\[\\]<>|&])", "\\\\$1");
    }

    /** A sentence of ours, whose backticks are meant. */
    private static String sentence(String text) {
        return Shown.of(text).replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;");
    }
}
