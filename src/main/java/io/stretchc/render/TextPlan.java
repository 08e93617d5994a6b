package io.stretchc.render;

import io.stretchc.plan.Condition;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Step;
import io.stretchc.plan.StepState;
import org.jspecify.annotations.Nullable;

/** A plan for a terminal. */
public final class TextPlan {
    private TextPlan() {}

    /** The plan as text. */
    public static String render(PlanView view) {
        Plan plan = view.plan();
        var text = new StringBuilder();
        text.append(Shown.of(PlanWords.headline(plan))).append("\n\n");
        text.append(new Columns()
                .add("plan", view.id())
                .add("cluster", Shown.of(plan.cluster()) + ", nats-server " + plan.version())
                .add("technique", PlanWords.technique(plan))
                .add(
                        "point of no return",
                        plan.pointOfNoReturn() == null
                                ? "none"
                                : plan.pointOfNoReturn().text())
                .text("  "));
        text.append(Paragraph.of("  ", "  ", Shown.of(plan.strategy().reason())));
        section(text, "What may be lost");
        if (plan.losses().isEmpty()) {
            text.append(Paragraph.of("  ", "  ", PlanWords.noLoss(plan)));
        }
        for (LossEntry loss : plan.losses()) {
            text.append("  ")
                    .append(Shown.of(loss.stream() + " of " + loss.account() + ": " + PlanWords.fate(loss.fate())))
                    .append('\n')
                    .append(Paragraph.of("    ", "    ", Shown.of(loss.why())));
        }
        if (!plan.warnings().isEmpty()) {
            section(text, "Before you approve");
            plan.warnings().forEach(w -> text.append(Paragraph.of("  - ", "    ", Shown.of(w))));
        }
        section(text, "Steps");
        int number = 0;
        for (Step step : plan.steps()) {
            number++;
            step(text, number, step, step.id().equals(plan.pointOfNoReturn()), view.state(step.id()));
        }
        return text.toString();
    }

    private static void section(StringBuilder text, String title) {
        text.append('\n').append(title).append('\n');
    }

    private static void step(StringBuilder text, int number, Step step, boolean noReturn, @Nullable StepState state) {
        if (noReturn) {
            text.append("  ---- point of no return: what follows cannot be taken back ----\n");
        }
        text.append("%3d. ".formatted(number))
                .append(Shown.of(PlanWords.title(step.action())))
                .append("  [")
                .append(step.id())
                .append(", ")
                .append(PlanWords.risk(step.risk()))
                .append(state == null ? "" : ", " + PlanWords.state(state))
                .append("]\n");
        text.append(Paragraph.of("     ", "     ", Shown.of(step.reason())));
        for (Condition c : step.before()) {
            text.append(Paragraph.of("     before: ", "       ", Shown.of(c.sentence())));
        }
        step.byHand()
                .commands()
                .forEach(c -> text.append("     $ ").append(Shown.of(c)).append('\n'));
        text.append(
                Paragraph.of("     by hand: ", "       ", Shown.of(step.byHand().expect())));
        for (Condition c : step.after()) {
            text.append(Paragraph.of(
                    "     after: ",
                    "       ",
                    Shown.of(c.sentence()) + ", within " + PlanWords.duration(step.within())));
        }
        text.append(Paragraph.of(
                "     undo: ", "       ", step.undo() == null ? "cannot be taken back" : Shown.of(step.undo())));
    }
}
