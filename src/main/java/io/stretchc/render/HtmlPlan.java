package io.stretchc.render;

import io.stretchc.plan.Condition;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Risk;
import io.stretchc.plan.Step;
import io.stretchc.plan.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A plan as one HTML file, to read on any screen and to print: the servers before and after, the bill, the steps. */
public final class HtmlPlan {
    private HtmlPlan() {}

    /** The plan as a page. */
    public static String render(PlanView view, HtmlTemplate template) {
        Plan plan = view.plan();
        var scene = new PlanScene(plan);
        var values = new TreeMap<String, Object>();
        values.put("noLoss", PlanWords.noLoss(plan));
        values.put("headline", Shown.of(PlanWords.headline(plan)));
        values.put("id", Shown.of(view.id()));
        values.put("cluster", Shown.of(plan.cluster()));
        values.put("version", plan.version().toString());
        values.put("technique", PlanWords.technique(plan));
        values.put("reason", marked(plan.strategy().reason()));
        values.put(
                "no_return",
                plan.pointOfNoReturn() == null
                        ? ""
                        : Shown.of(plan.pointOfNoReturn().text()));
        values.put("progress", progress(view));
        values.put(
                "pictures",
                List.of(
                        PlanPicture.of("Before", plan.scenario(), scene.before()),
                        PlanPicture.of("After", plan.scenario(), scene.after())));
        values.put("leads", scene.after().stream().anyMatch(PlanScene.Figure::leads));
        values.put("losses", plan.losses().stream().map(HtmlPlan::loss).toList());
        values.put("warnings", plan.warnings().stream().map(HtmlPlan::marked).toList());
        var steps = new ArrayList<Map<String, Object>>();
        for (Step step : plan.steps()) {
            steps.add(step(steps.size() + 1, step, step.id().equals(plan.pointOfNoReturn()), view.state(step.id())));
        }
        values.put("steps", steps);
        return template.render(values);
    }

    private static String progress(PlanView view) {
        if (view.states() == null) {
            return "";
        }
        long done = view.plan().steps().stream()
                .filter(s -> view.state(s.id()) == StepState.DONE)
                .count();
        return done + " of " + view.plan().steps().size() + " steps done";
    }

    private static Map<String, Object> loss(LossEntry l) {
        var values = new TreeMap<String, Object>();
        values.put("stream", Shown.of(l.stream()));
        values.put("account", Shown.of(l.account()));
        values.put("fate", PlanWords.fate(l.fate()));
        values.put("bad", l.fate() != LossEntry.Fate.MAJORITY_ALIVE && l.fate() != LossEntry.Fate.SINGLE_ALIVE);
        values.put("on", Shown.of(PlanWords.names(l.survivors())));
        values.put("last", l.survivors().isEmpty() ? "-" : String.valueOf(l.lastSequence()));
        values.put("why", marked(l.why()));
        return values;
    }

    private static Map<String, Object> step(int number, Step step, boolean noReturn, @Nullable StepState state) {
        var values = new TreeMap<String, Object>();
        values.put("number", number);
        values.put("id", Shown.of(step.id().text()));
        values.put("title", Shown.of(PlanWords.title(step.action())));
        values.put("risk", step.risk() == Risk.IRREVERSIBLE ? "irreversible" : PlanWords.risk(step.risk()));
        values.put("within", PlanWords.duration(step.within()));
        values.put("no_return", noReturn);
        values.put("state", state == null ? "" : PlanWords.state(state));
        values.put(
                "kind",
                state == null ? "none" : state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        values.put("reason", marked(step.reason()));
        values.put("before", sentences(step.before()));
        values.put("after", sentences(step.after()));
        values.put("undo", step.undo() == null ? "cannot be taken back" : Shown.of(step.undo()));
        values.put("commands", step.byHand().commands().stream().map(Shown::of).toList());
        values.put("expect", marked(step.byHand().expect()));
        return values;
    }

    private static List<Object> sentences(List<Condition> conditions) {
        return conditions.stream().<Object>map(c -> marked(c.sentence())).toList();
    }

    /** A sentence cut at its backticks: every second part is code. */
    private static List<Object> marked(String sentence) {
        var parts = new ArrayList<Object>();
        boolean code = false;
        for (String part : Shown.of(sentence).split("`", -1)) {
            if (!part.isEmpty()) {
                var values = new TreeMap<String, Object>();
                values.put("code", code);
                values.put("text", part);
                parts.add(values);
            }
            code = !code;
        }
        return parts;
    }
}
