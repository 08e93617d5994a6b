package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Refusal.Reason;
import io.stretchc.simulate.Simulator;
import io.stretchc.snapshot.ServerState;
import io.stretchc.status.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How traces of former servers go, and what is no trace. */
class PurgeTest {
    private static final List<String> ALL = List.of("emea_1", "emea_2", "emea_3", "us_1", "us_2", "us_3");
    private static final Scenario PURGE = new Scenario.Purge();

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void streamsLetGoThenTheMetaGroupThenReserves(String version) {
        Plan plan = Former.purge(version);

        assertThat(Night.ids(plan))
                .containsExactly(
                        "census",
                        "off-APP-foo-us_9",
                        "await-APP-foo",
                        "lead-meta-away",
                        "remove-peer-AbCdEfGh",
                        "remove-us_9",
                        "remove-emea_4",
                        "stop-emea_4",
                        "lead-APP-foo",
                        "lead-meta",
                        "verify");
        proved(plan, Former.traces(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.5"})
    void aNamelessPeerOfAStreamGoesByTheRemovalWhereNoStreamTakesAnId(String version) {
        Plan plan = Night.planned(plan(nameless(version)));

        assertThat(Night.ids(plan))
                .containsExactly(
                        "census", "remove-peer-AbCdEfGh", "await-APP-foo", "lead-APP-foo", "lead-meta", "verify");
        proved(plan, nameless(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.12.8", "2.12.15", "2.14.0", "2.15.1"})
    void aNamelessPeerOfAStreamGoesFirstWhereItTakesAnId(String version) {
        Plan plan = Night.planned(plan(nameless(version)));

        assertThat(Night.ids(plan))
                .containsExactly(
                        "census",
                        "off-APP-foo-AbCdEfGh",
                        "await-APP-foo",
                        "remove-peer-AbCdEfGh",
                        "lead-APP-foo",
                        "lead-meta",
                        "verify");
        proved(plan, nameless(version));
    }

    @Test
    void aNamelessPeerThatIsNoMemberAnyMoreTakesADetour() {
        World world = nameless("2.10.27").counting(6, ALL.toArray(String[]::new));
        Plan plan = Night.planned(plan(world));

        assertThat(Night.ids(plan))
                .containsExactly(
                        "census",
                        "move-APP-foo",
                        "await-APP-foo",
                        "move-APP-foo~2",
                        "await-APP-foo~2",
                        "lead-APP-foo",
                        "lead-meta",
                        "verify");
        proved(plan, world);
    }

    /** A peer that nobody can name is a member, and holds a replica of {@code foo}. */
    private static World nameless(String version) {
        World world = World.healthy();
        ALL.forEach(s -> world.server(s).version = version);
        var members = new ArrayList<>(ALL);
        members.add("(AbCdEfGh)");
        world.counting(7, members.toArray(String[]::new));
        World.Stream foo = world.stream("foo");
        foo.members.remove("us_1");
        foo.messages.remove("us_1");
        foo.members.add("(AbCdEfGh)");
        foo.behind.add("(AbCdEfGh)");
        return world;
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.15", "2.14.5", "2.15.1"})
    void twoDeadPeersOfAStreamLeaveOneAfterTheOther(String version) {
        World world = five(version).offline("us_8", "us_9");
        Plan plan = Night.planned(plan(world));

        assertThat(Night.ids(plan))
                .containsSubsequence(
                        "off-APP-foo-us_8",
                        "await-APP-foo",
                        "off-APP-foo-us_9",
                        "await-APP-foo~2",
                        "remove-us_8",
                        "remove-us_9");
        var four = new Condition.StreamCurrent("APP", "foo", 4, 5);
        assertThat(step(plan, "await-APP-foo").action()).isEqualTo(new Action.AwaitStream("APP", "foo", 5, 1));
        assertThat(step(plan, "await-APP-foo").after()).containsExactly(four);
        assertThat(step(plan, "off-APP-foo-us_9").before()).contains(four);
        assertThat(step(plan, "await-APP-foo~2").after())
                .containsExactly(new Condition.StreamWhole("APP", "foo", 5, 5));
        proved(plan, world);
    }

    @Test
    void whoIsNotOfflineYetCouldBeGivenTheReplicaAgain() {
        assertThat(Night.refused(plan(five("2.15.1").offline("us_8"))))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.reason()).isEqualTo(Reason.NOT_BACK);
                    assertThat(r.wayOut()).contains("four minutes");
                });
    }

    @Test
    void aDeadPeerLeavesBeforeOneThatAnswers() {
        World world = five("2.10.27").offline("us_8", "us_9");
        world.joined("us_2.1");
        World.Stream foo = world.stream("foo");
        foo.members.add("us_2.1");
        foo.members.remove("us_2");
        foo.messages.remove("us_2");
        foo.messages.put("us_2.1", 5L);
        Plan plan = Night.planned(plan(world));

        assertThat(Night.ids(plan))
                .containsSubsequence("off-APP-foo-us_8", "off-APP-foo-us_9", "off-APP-foo-us_2.1", "remove-us_2.1");
        proved(plan, world);
    }

    /** Of the five replicas of {@code foo} two are on dead servers that the topology does not have. */
    private static World five(String version) {
        World world = World.healthy();
        ALL.forEach(s -> world.server(s).version = version);
        var members = new ArrayList<>(ALL);
        members.addAll(List.of("us_8", "us_9"));
        world.counting(8, members.toArray(String[]::new));
        var foo = new World.Stream("emea_1", "us_1", "us_2");
        foo.replicas = 5;
        foo.placement = List.of();
        foo.members.addAll(List.of("us_8", "us_9"));
        foo.behind.addAll(List.of("us_8", "us_9"));
        return world.with("foo", foo);
    }

    private static Step step(Plan plan, String id) {
        return plan.steps().stream()
                .filter(s -> s.id().text().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void wholeClustersHaveNoTraces() {
        assertThat(plan(World.healthy())).isInstanceOf(PlanResult.NothingToDo.class);
    }

    @Test
    void whoWasRemovedWhileItRanIsStopped() {
        World world = World.healthy().started("us_9");
        world.server("us_9").jetstream = ServerState.JetStream.DISABLED;
        Plan plan = Night.planned(plan(world));

        assertThat(Night.ids(plan)).containsExactly("census", "stop-us_9", "lead-meta", "verify");
        proved(plan, world);
    }

    @Test
    void aStrangerThatTakesPartIsNotEvicted() {
        assertThat(Night.refused(plan(World.healthy().joined("us_9"))))
                .extracting(Refusal::reason)
                .containsExactly(Reason.STRANGER);
    }

    @Test
    void aReplacementBesideItsOriginalIsWithdrawnThoughItMightLead() {
        World world = World.healthy().joined("us_2.1");
        Plan plan = Night.planned(plan(world));

        assertThat(Night.ids(plan)).contains("lead-meta-away", "remove-us_2.1");
        proved(plan, world);
    }

    @Test
    void anArbiterIsNoTraceWhileAServerIsAway() {
        assertThat(Night.refused(plan(World.healthy().joined("emea_4").killed("us_3"))))
                .extracting(Refusal::reason)
                .contains(Reason.UNFINISHED);
    }

    @Test
    void aStreamThatNobodyElseCanHoldKeepsItsPeer() {
        World world = Former.traces("2.10.27");
        world.stream("foo").placement = List.of("ha:9");
        assertThat(Night.refused(plan(world))).extracting(Refusal::reason).contains(Reason.NOWHERE_TO_GO);
    }

    private static PlanResult plan(World world) {
        return Night.result(world, Night.RICH, PURGE, null);
    }

    private static void proved(Plan plan, World world) {
        var proof = Simulator.prove(
                io.stretchc.simulate.World.of(world.look(), Night.RICH),
                plan.steps().stream().map(Step::action).toList(),
                plan.losses(),
                plan.scenario());

        assertThat(proof.violations()).as("%s", Night.ids(plan)).isEmpty();
    }
}
