package io.stretchc.render;

import io.stretchc.codec.PlanCodec;
import io.stretchc.golden.GoldenFile;
import io.stretchc.plan.Evening;
import io.stretchc.plan.Former;
import io.stretchc.plan.Morning;
import io.stretchc.plan.Night;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Scenario;
import io.stretchc.topology.SiteName;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walkthrough's case, a site of two dead, per version class: what a colleague is asked to approve. */
class PlanGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/golden/plan");

    @ParameterizedTest
    @CsvSource({
        "recover, 2.9.10",
        "recover, 2.10.27",
        "recover, 2.11.17",
        "recover, 2.12.8",
        "recover, 2.12.15",
        "recover, 2.14.0",
        "recover, 2.14.5",
        "recover, 2.15.1",
        "recover-backup, 2.10.27",
        "bridge, 2.10.27",
        "bridge, 2.12.8",
        "bridge, 2.15.1",
        "restore, 2.10.27",
        "restore, 2.12.8",
        "restore, 2.12.15",
        "restore, 2.15.1",
        "return, 2.10.27",
        "return, 2.12.8",
        "return, 2.15.1",
        "readmit, 2.9.10",
        "readmit, 2.10.27",
        "readmit, 2.12.15",
        "readmit, 2.15.1",
        "restore-same-names, 2.10.27",
        "restore-same-names, 2.12.15",
        "purge, 2.10.27",
        "purge, 2.15.1",
        "fallback, 2.10.27",
        "fallback, 2.15.1",
        "fallback-undo, 2.10.27",
        "fallback-undo, 2.15.1",
        "replace, 2.10.27",
        "replace, 2.15.1",
        "home, 2.10.27",
        "home, 2.15.1"
    })
    void theMarkdownOfThePlan(String word, String version) {
        new GoldenFile(GOLDEN.resolve(word + "-" + version + ".md")).mustHold(MarkdownPlan.render(view(word, version)));
    }

    @ParameterizedTest
    @CsvSource({
        "recover, 2.10.27",
        "recover, 2.12.15",
        "recover, 2.15.1",
        "recover-backup, 2.10.27",
        "bridge, 2.10.27",
        "restore, 2.12.15",
        "return, 2.10.27",
        "return, 2.15.1",
        "readmit, 2.10.27",
        "purge, 2.10.27",
        "fallback, 2.10.27",
        "fallback-undo, 2.15.1",
        "replace, 2.15.1"
    })
    void theOtherFormsOfThePlan(String word, String version) {
        PlanView view = view(word, version);

        new GoldenFile(GOLDEN.resolve(word + "-" + version + ".yaml")).mustHold(new PlanCodec().yaml(view.plan()));
        new GoldenFile(GOLDEN.resolve(word + "-" + version + ".txt")).mustHold(TextPlan.render(view));
        new GoldenFile(GOLDEN.resolve(word + "-" + version + ".sh")).mustHold(ShellPlan.render(view));
    }

    private static PlanView view(String word, String version) {
        var us = new SiteName("us");
        Plan plan = switch (word) {
            case "restore" -> Morning.restore(version);
            case "recover-backup" -> Night.recoverFromBackup(version);
            case "readmit" -> Former.readmit(version);
            case "purge" -> Former.purge(version);
            case "restore-same-names" ->
                Night.planned(Morning.result(Morning.recovered(version), new Scenario.Restore(us, true)));
            case "return" -> Morning.back(version);
            case "fallback" -> Evening.fallback(version);
            case "fallback-undo" -> Evening.undo(version);
            case "replace" -> Evening.replace(version);
            case "home" -> Evening.home(version);
            case "bridge" -> Night.planned(Night.result(Night.of(version), Night.RICH, new Scenario.Bridge(us), null));
            default -> Night.recover(version);
        };
        return new PlanView(plan, new PlanCodec().id(plan));
    }
}
