package io.stretchc.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Night;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Risk;
import io.stretchc.plan.Scenario;
import io.stretchc.plan.Step;
import io.stretchc.status.World;
import io.stretchc.topology.SiteName;
import org.junit.jupiter.api.Test;

/** What is said of a plan that no longer fits. */
class StalenessTest {
    private static Plan plan(World world) {
        return Night.planned(Night.result(world, Night.RICH, new Scenario.Recover(new SiteName("us")), null));
    }

    @Test
    void messagesThatArriveMakeNoPlanStale() {
        World later = Night.of("2.10.27");
        later.stream("em2").messages.replaceAll((server, n) -> n + 100);

        assertThat(Staleness.between(Night.recover("2.10.27"), plan(later))).isEmpty();
    }

    @Test
    void anotherStreamIsNamed() {
        World later = Night.of("2.10.27");
        var more = new World.Stream("emea_1", "us_1", "us_2");
        more.leader = null;
        more.messages.remove("us_1");
        more.messages.remove("us_2");
        later.with("more", more);

        assertThat(Staleness.between(Night.recover("2.10.27"), plan(later)))
                .contains(
                        "the stream `APP/more` is touched by the loss, and was not",
                        "there would be a further step, `move-APP-more`");
        assertThat(Staleness.between(plan(later), Night.recover("2.10.27")))
                .contains(
                        "the stream `APP/more` is not touched by the loss any more",
                        "there would be no step `move-APP-more`");
    }

    @Test
    void aCopyThatIsGoneIsNamed() {
        World later = Night.of("2.10.27");
        later.stream("em2").messages.remove("emea_3");

        assertThat(Staleness.between(Night.recover("2.10.27"), plan(later)))
                .anySatisfy(
                        s -> assertThat(s).startsWith("the stream `APP/em2` has its copies on `emea_2`, and had them"));
    }

    /** Only a leader lists it, if only one that lost its followers and names itself for a while. */
    @Test
    void whatNobodyHoldsAndNobodyListsAnyMoreIsNoDifference() {
        World early = Night.of("2.10.27");
        World.Stream gone = new World.Stream("us_1", "us_2", "us_3");
        gone.leader = null;
        gone.messages.clear();
        early.with("gone", gone);

        assertThat(Staleness.between(plan(early), Night.recover("2.10.27")))
                .noneMatch(s -> s.contains("not touched by the loss any more"));
    }

    @Test
    void aRiskThatWasPlayedDownIsNamed() {
        Plan plan = Night.recover("2.10.27");
        var steps = plan.steps().stream()
                .map(s -> s.risk() == Risk.IRREVERSIBLE
                        ? new Step(
                                s.id(),
                                s.action(),
                                s.before(),
                                s.after(),
                                s.within(),
                                Risk.DISRUPTIVE,
                                s.undo(),
                                s.byHand(),
                                s.reason())
                        : s)
                .toList();
        var edited = new Plan(
                plan.scenario(),
                plan.cluster(),
                plan.version(),
                plan.topology(),
                plan.snapshot(),
                plan.strategy(),
                plan.losses(),
                null,
                plan.warnings(),
                steps);

        assertThat(Staleness.between(edited, plan))
                .contains("the step `remove-us_1` is irreversible, and the plan calls it disruptive");
    }

    @Test
    void anotherVersionIsAnotherPlan() {
        assertThat(Staleness.between(Night.recover("2.10.27"), Night.recover("2.15.1")))
                .contains("the oldest nats-server that answers is 2.15.1, it was 2.10.27");
    }
}
