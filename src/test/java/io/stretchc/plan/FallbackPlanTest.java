package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.resolve.Role;
import io.stretchc.simulate.Proof;
import io.stretchc.simulate.Simulator;
import io.stretchc.simulate.StreamGroup;
import io.stretchc.simulate.World;
import io.stretchc.topology.AccountName;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.StreamName;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How streams fall back while a server is silent, and come home; how a server is replaced. The facts are {@link Evening}'s. */
class FallbackPlanTest {
    private static final Scenario FALLBACK = new Scenario.Fallback(List.of(), false);
    private static final Scenario UNDO = new Scenario.Fallback(List.of(), true);

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.15", "2.15.1"})
    void theThirdOfThreeComesFromTheRegionThatIsNamedFirst(String version) {
        Plan plan = Evening.fallback(version);

        assertThat(Night.ids(plan)).containsExactly("census", "retag-us_3", "remap-APP-foo", "await-APP-foo", "verify");
        assertThat(plan.steps().get(1).action())
                .isEqualTo(
                        new Action.RetagServer(new ServerName("us_3"), List.of("unique:us_3", "dc:1", "ha:2", "ha:1")));
        assertThat(plan.steps().get(2).reason())
                .contains("2 of 3 replicas are alive", "`us_3`, of the fallback `us`, which is lent its tags");
        assertThat(plan.pointOfNoReturn()).isNull();
        assertThat(plan.warnings()).anyMatch(w -> w.contains("`us_3` (`ha:1`)"));
        proven(Evening.world(version, "us_2"), plan);
    }

    @Test
    void noSiteMayComeToHoldAllOfIt() {
        Plan plan = Night.planned(Evening.result(Evening.world("2.10.27", "emea_1"), FALLBACK));

        assertThat(Night.ids(plan)).contains("retag-emea_2").doesNotContain("retag-us_3");
    }

    @Test
    void whereNobodyCanBeLentTheTagItWaitsAndSaysWhy() {
        var topology = Topologies.resolve(Evening.text("[us]"));
        World world = Evening.world("2.10.27", "emea_1");

        PlanResult result = Evening.result(world, topology, FALLBACK);

        assertThat(result)
                .isInstanceOfSatisfying(
                        PlanResult.NothingToDo.class,
                        n -> assertThat(n.why())
                                .contains("The stream `foo` of `APP` waits: 2 of 3 replicas are alive")
                                .contains("without fewer sites"));
    }

    @Test
    void withoutAMajorityNothingIsGivenUp() {
        PlanResult result = Evening.result(Evening.world("2.10.27", "us_1", "us_2"), FALLBACK);

        assertThat(result)
                .isInstanceOfSatisfying(
                        PlanResult.NothingToDo.class, n -> assertThat(n.why()).contains("no majority"));
    }

    @Test
    void theLossOfAWholeSiteIsAnotherPlans() {
        PlanResult result = Evening.result(Evening.world("2.10.27", "us_1", "us_2", "us_3"), FALLBACK);

        assertThat(Night.refused(result)).anyMatch(r -> r.reason() == Refusal.Reason.WHOLE_SITE);
    }

    /** Removed while it ran: it answers, and its JetStream is off. */
    private static World switchedOff(World world, String name) {
        var nodes = new java.util.TreeMap<>(world.nodes());
        nodes.computeIfPresent(
                new ServerName(name),
                (k, n) -> new io.stretchc.simulate.Node(
                        k, n.site(), n.version(), n.tags(), n.role(), io.stretchc.simulate.Node.State.DISABLED));
        return new World(
                world.uniquePrefix(),
                nodes,
                world.reserves(),
                world.meta(),
                world.streams(),
                new java.util.TreeMap<>(),
                world.attested(),
                world.removed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    void aServerThatWasRemovedWhileItRanIsReadmittedAndNotFallenBackFrom(String version) {
        PlanResult result = Evening.result(switchedOff(Evening.world(version), "us_2"), FALLBACK);

        assertThat(result)
                .isInstanceOfSatisfying(
                        PlanResult.Refused.class,
                        r -> assertThat(r.reasons()).anySatisfy(one -> {
                            assertThat(one.sentence()).contains("`us_2` answers with its JetStream off");
                            assertThat(one.wayOut()).contains("stretchc plan readmit us_2");
                        }));
    }

    @Test
    void aRemovedServerElsewhereDoesNotKeepOthersFromComingHome() {
        World world = switchedOff(Evening.back("2.10.27"), "emea_3");

        Plan plan = Night.planned(Evening.result(world, UNDO));

        assertThat(Night.ids(plan)).contains("remap-APP-foo", "retag-us_3");
        proven(world, plan);
    }

    @Test
    void aStreamThatIsNotThereIsRefused() {
        var nosuch = new Scenario.Fallback(
                List.of(new Scenario.Stream(new AccountName("APP"), new StreamName("nosuch"))), false);

        assertThat(Night.refused(Evening.result(Evening.world("2.10.27", "us_2"), nosuch)))
                .singleElement()
                .satisfies(r -> assertThat(r.sentence()).contains("no stream `nosuch` of the account `APP`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.12.15", "2.15.1"})
    void itComesHomeOneChangeAtATimeAndTheTagGoesBackLast(String version) {
        Plan plan = Evening.undo(version);

        assertThat(Night.ids(plan))
                .containsExactly("census", "remap-APP-foo", "await-APP-foo", "retag-us_3", "lead-APP-foo", "verify");
        World end = Morning.after(Evening.back(version), plan);
        World began = Evening.revived(Evening.world(version, "us_2"), "us_2");
        assertThat(end.nodes()).isEqualTo(began.nodes());
        assertThat(members(end)).isEqualTo(members(began));
        assertThat(Evening.result(end, UNDO)).isInstanceOf(PlanResult.NothingToDo.class);
        proven(Evening.back(version), plan);
    }

    /** Nothing tells where a stream was that the topology does not declare, and silence would look like all being well. */
    @Test
    void aStreamThatIsNotDeclaredHasNoHomeAndIsNamed() {
        var bar = new io.stretchc.status.World.Stream("emea_1", "emea_2", "emea_3");
        bar.placement = List.of("dc:2");
        var well = new io.stretchc.status.World.Stream("us_1");
        well.replicas = 1;
        well.placement = List.of("ha:1");
        var world = io.stretchc.status.World.healthy().with("bar", bar).with("well", well);

        assertThat(Night.result(world, Night.RICH, new Scenario.Home(), null))
                .isInstanceOfSatisfying(
                        PlanResult.NothingToDo.class,
                        n -> assertThat(n.why())
                                .contains("The topology does not declare `bar`, placed where a recovery")
                                .doesNotContain("`well`"));
        world.stream("foo").placement = List.of("dc:1");
        assertThat(Night.planned(Night.result(world, Night.RICH, new Scenario.Home(), null))
                        .warnings())
                .anyMatch(w -> w.contains("does not declare `bar`"));
    }

    @Test
    void aDeadServerIsNotReplacedWhileAStreamMissesAnotherToo() {
        var foo = new io.stretchc.status.World.Stream("emea_1", "emea_2", "us_1", "us_2", "us_3");
        foo.replicas = 5;
        var world = io.stretchc.status.World.healthy().with("foo", foo).killed("us_1", "us_2");

        assertThat(Night.refused(
                        Night.result(world, Night.RICH, new Scenario.Replace(new ServerName("us_2"), null), null)))
                .anySatisfy(r -> {
                    assertThat(r.sentence()).contains("Another server that `foo` counts on does not answer");
                    assertThat(r.wayOut()).contains("plan fallback");
                });
    }

    @Test
    void itStaysWhileItsServerIsNotBack() {
        World away = Morning.after(Evening.world("2.10.27", "us_2"), Evening.fallback("2.10.27"));

        assertThat(Night.refused(Evening.result(away, UNDO)))
                .singleElement()
                .satisfies(r -> assertThat(r.sentence()).contains("`foo`", "stays"));
    }

    @Test
    void homeNeverSaysThatAllIsAtHomeWhileAStreamStaysAway() {
        World away = Morning.after(Evening.world("2.10.27", "us_2"), Evening.fallback("2.10.27"));

        PlanResult result = Evening.result(away, new Scenario.Home());
        PlanResult again = result instanceof PlanResult.Planned p
                ? Evening.result(Morning.after(away, p.plan()), new Scenario.Home())
                : result;

        assertThat(again)
                .isInstanceOfSatisfying(
                        PlanResult.NothingToDo.class,
                        n -> assertThat(n.why())
                                .startsWith("Nothing can come home now. The stream `foo` of `APP` is away from home"));
    }

    @Test
    void aFallbackIsPlannedOnFromWhereverItWasInterrupted() {
        World world = Evening.world("2.10.27", "us_2");
        for (Step step : Evening.fallback("2.10.27").steps()) {
            world = Morning.after(world, step.action());
            PlanResult rest = Evening.result(world, FALLBACK);
            World end = rest instanceof PlanResult.Planned p ? Morning.after(world, p.plan()) : world;

            assertThat(members(end)).as("after %s", step.id()).contains(new ServerName("us_3"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.12.15", "2.15.1"})
    void aReplacementJoinsIsFilledAndOnlyThenTheDeadOneIsRemoved(String version) {
        Plan plan = Evening.replace(version);

        assertThat(Night.ids(plan))
                .containsExactly(
                        "census",
                        "start-us_2.1",
                        "await-members",
                        "remap-APP-foo",
                        "await-APP-foo",
                        "remove-us_2",
                        "verify");
        assertThat(plan.steps().get(1).action())
                .isEqualTo(
                        new Action.StartServer(new ServerName("us_2.1"), Role.REPLACEMENT, new SiteName("us"), true));
        proven(Evening.world(version, "us_2"), plan);
    }

    @Test
    void aServerThatRunsTakesTheRoleByItsTags() {
        var by = new Scenario.Replace(new ServerName("us_2"), new ServerName("us_3"));
        Plan plan = Night.planned(Evening.result(Evening.world("2.10.27", "us_2"), by));

        assertThat(Night.ids(plan))
                .containsExactly(
                        "census",
                        "retag-us_3",
                        "await-members",
                        "remap-APP-foo",
                        "await-APP-foo",
                        "remove-us_2",
                        "verify");
        proven(Evening.world("2.10.27", "us_2"), plan);
    }

    @Test
    void aServerThatAnswersIsNotReplaced() {
        var scenario = new Scenario.Replace(new ServerName("us_1"), null);

        assertThat(Night.refused(Evening.result(Evening.world("2.10.27", "us_2"), scenario)))
                .anyMatch(r -> r.sentence().contains("`us_1` answers: it is not gone"));
    }

    @Test
    void aServerThatTheTopologyDoesNotHaveIsNotReplaced() {
        assertThat(Night.refused(Evening.result(
                        Evening.world("2.10.27", "us_2"), new Scenario.Replace(new ServerName("nosuch"), null))))
                .anyMatch(r -> r.reason() == Refusal.Reason.UNKNOWN_SERVER);
    }

    @Test
    void aStreamWithoutMajorityForbidsAReplacement() {
        assertThat(Night.refused(Evening.result(
                        Evening.world("2.10.27", "us_1", "us_2"), new Scenario.Replace(new ServerName("us_2"), null))))
                .anyMatch(r -> r.sentence().contains("The majority of `foo` does not answer"));
    }

    @Test
    void whatWasReplacedNeedsNothingMore() {
        World end = Morning.after(Evening.world("2.10.27", "us_2"), Evening.replace("2.10.27"));

        assertThat(Evening.result(end, new Scenario.Replace(new ServerName("us_2"), null)))
                .isInstanceOf(PlanResult.NothingToDo.class);
    }

    @Test
    void homeBringsLeadersToo() {
        assertThat(Night.ids(Evening.home("2.10.27")))
                .containsSubsequence("remap-APP-foo", "await-APP-foo", "retag-us_3", "lead-APP-foo", "lead-meta");
    }

    /** Under load a replica is a message behind in one look, and in the next it is not. */
    @Test
    void aReplicaThatIsBehindIsWaitedForAndBreaksNoLaw() {
        World back = Evening.back("2.10.27");
        var foo = Objects.requireNonNull(back.streams().get(new StreamGroup.Id("APP", "foo")));
        var copies = new java.util.TreeMap<>(foo.copies());
        copies.put(new ServerName("us_3"), new StreamGroup.Copy(9));
        var streams = new java.util.TreeMap<>(back.streams());
        streams.put(
                foo.id(),
                new StreamGroup(
                        foo.id(), 3, foo.tags(), copies, new ServerName("us_3"), false, StreamGroup.Change.NONE));
        var late = new World(
                back.uniquePrefix(),
                back.nodes(),
                back.reserves(),
                back.meta(),
                streams,
                back.cuts(),
                back.attested(),
                back.removed());

        for (Scenario scenario : List.of(UNDO, new Scenario.Home())) {
            Plan plan = Night.planned(Evening.result(late, scenario));
            assertThat(Night.ids(plan)).containsSubsequence("await-APP-foo", "remap-APP-foo", "await-APP-foo~2");
            proven(late, plan);
        }
    }

    private static java.util.SortedSet<ServerName> members(World world) {
        return new java.util.TreeSet<>(Objects.requireNonNull(world.streams().get(new StreamGroup.Id("APP", "foo")))
                .copies()
                .keySet());
    }

    static void proven(World start, Plan plan) {
        Proof proof = Simulator.prove(
                World.of(Morning.look(start), Evening.TOPOLOGY),
                plan.steps().stream().map(Step::action).toList(),
                plan.losses(),
                plan.scenario());
        assertThat(proof.violations()).isEmpty();
    }
}
