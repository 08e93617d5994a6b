package io.stretchc.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.codec.PlanCodec;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Night;
import io.stretchc.plan.Plan;
import io.stretchc.plan.StepId;
import io.stretchc.plan.StepState;
import io.stretchc.topology.ServerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan as a page: all of it there, nothing from outside, nothing of it read as markup. */
class HtmlPlanTest {
    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.8", "2.12.15", "2.15.1"})
    void everyStepWarningAndLossIsThere(String version) {
        Plan plan = Night.recover(version);

        String page = page(view(plan));

        plan.steps().forEach(s -> assertThat(page).contains("<code>" + s.id() + "</code> <span class=\"badge"));
        plan.losses().forEach(l -> assertThat(page).contains("<strong>" + l.stream() + "</strong>"));
        assertThat(Pattern.compile("<li class=\"step ").matcher(page).results()).hasSameSizeAs(plan.steps());
        assertThat(Pattern.compile("<li class=\"no-return").matcher(page).results())
                .hasSize(1);
        assertThat(page).doesNotContain("of this run").doesNotContain("This run");
    }

    @Test
    void nothingComesFromOutsideAndNothingRuns() {
        String page = page(view(Night.recover("2.10.27")));

        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("<link")
                .doesNotContain("<img")
                .doesNotContain("@import")
                .doesNotContain("url(")
                .doesNotContain(" style=")
                .doesNotContainPattern(" (src|href|on[a-z]+)=")
                .contains("default-src &#39;none&#39;; style-src &#39;sha256-");
    }

    @Test
    void aHostileNameStaysAName() {
        Plan plan = Night.recover("2.10.27");
        String name = "</title><script>alert(1)</script>{{ 7*7 }}{% raw %}\"'&\u202e";
        var hostile = new Plan(
                plan.scenario(),
                name,
                plan.version(),
                plan.topology(),
                plan.snapshot(),
                plan.strategy(),
                List.of(new LossEntry(
                        name, name, LossEntry.Fate.ONE_COPY_ALIVE, List.of(new ServerName("emea_1")), 1, 1, name)),
                plan.pointOfNoReturn(),
                List.of(name),
                plan.steps());

        String page = page(view(hostile));

        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("\u202e")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}{% raw %}");
    }

    @Test
    void theStatesOfARunAreShown() {
        Plan plan = Night.recover("2.10.27");
        var states = new TreeMap<StepId, StepState>();
        states.put(plan.steps().get(0).id(), StepState.DONE);
        states.put(plan.steps().get(1).id(), StepState.RUNNING);

        String page = page(view(plan).with(states));

        assertThat(page)
                .contains("1 of " + plan.steps().size() + " steps done")
                .contains(">done</span>")
                .contains(">running</span>")
                .contains(">to do</span>");
        assertThat(MarkdownPlan.render(view(plan).with(states)))
                .contains("`census` · safe · within 30 s · **done**", "· **running**", "· **to do**");
        assertThat(MarkdownPlan.render(view(plan))).doesNotContain("**done**", "**to do**");
    }

    @Test
    void thePictureSaysWhoIsDeadAndWhatTheyBecome() {
        var scene = new PlanScene(Night.recover("2.10.27"));

        assertThat(marks(scene.before()))
                .contains("emea_1 ALIVE", "us_1 DEAD", "us_1.1 SILENT")
                .doesNotContain("emea_4 STARTED");
        assertThat(marks(scene.after())).contains("emea_1 ALIVE", "us_1 REMOVED", "emea_4 STOPPED");
        assertThat(scene.after().stream()
                        .filter(PlanScene.Figure::leads)
                        .map(f -> f.name().text()))
                .containsExactly("emea_1", "emea_2", "emea_3");
    }

    @Test
    void aStandInStandsBesideTheLostServerOfItsName() {
        var scene = new PlanScene(Night.recover("2.12.15"));

        assertThat(scene.after())
                .filteredOn(f -> f.name().text().equals("us_1"))
                .extracting(f -> f.here() + " " + f.mark())
                .containsExactly("false STARTED", "true DEAD");
    }

    private static List<String> marks(List<PlanScene.Figure> figures) {
        return figures.stream().map(f -> f.name() + " " + f.mark()).toList();
    }

    private static PlanView view(Plan plan) {
        return new PlanView(plan, new PlanCodec().id(plan));
    }

    static String page(PlanView view) {
        return HtmlPlan.render(view, template("plan"));
    }

    static HtmlTemplate template(String name) {
        Path from = Path.of("src/main/resources/io/stretchc/render");
        try {
            return new HtmlTemplate(
                    Files.readString(from.resolve(name + ".html.j2")), Files.readString(from.resolve("page.css")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
