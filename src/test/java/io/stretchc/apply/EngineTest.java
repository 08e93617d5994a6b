package io.stretchc.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.apply.Recorder.RecorderFault;
import io.stretchc.journal.Entry;
import io.stretchc.journal.Progress;
import io.stretchc.plan.Night;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Scenario;
import io.stretchc.plan.StepId;
import io.stretchc.status.World;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine against a night made by hand: order, journal, resumption, and when it must stop. */
class EngineTest {
    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.8", "2.12.15", "2.15.1"})
    void everyStepIsDoneInTheOrderOfThePlan(String version) throws Exception {
        var night = new FakeNight(version);

        assertThat(night.engine(new Progress()).run(null)).isEqualTo(new Engine.End.Finished(List.of()));
        assertThat(night.done()).containsExactlyInAnyOrderElementsOf(Night.ids(night.plan));
        assertThat(night.calls.stream().filter(c -> c.startsWith("remove us")))
                .hasSize(version.equals("2.12.15") ? 0 : 3);
        assertThat(night.journal.get(night.journal.size() - 1)).isInstanceOf(Entry.Finished.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.15", "2.15.1"})
    void theJournalKnowsOfEachCallBeforeItIsMade(String version) throws Exception {
        var night = new FakeNight(version);
        night.beforeCall = () -> {
            long announced = night.journal.stream()
                    .filter(e -> e instanceof Entry.Called)
                    .count();
            assertThat(announced).isGreaterThan(0);
            assertThat(night.journal.get(night.journal.size() - 1)).isInstanceOf(Entry.Called.class);
        };

        night.engine(new Progress()).run(null);

        assertThat(night.calls).isNotEmpty();
    }

    /** Killed at each entry of the journal in turn, and run again: the same end, and nothing that was done is done again. */
    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.8", "2.12.15", "2.15.1"})
    void aRunThatIsKilledAnywhereIsTakenUp(String version) throws Exception {
        var whole = new FakeNight(version);
        whole.engine(new Progress()).run(null);

        for (int entries = 0; entries < whole.journal.size(); entries++) {
            var night = new FakeNight(version);
            night.most = entries;
            var first = night.engine(new Progress());
            assertThatThrownBy(() -> first.run(null)).isInstanceOf(FakeNight.Killed.class);
            var before = new HashSet<>(night.done());
            int callsBefore = night.calls.size();
            night.most = Integer.MAX_VALUE;

            Engine.End end =
                    night.engine(Progress.of(new ArrayList<>(night.journal))).run(null);

            assertThat(end).as("killed after %d", entries).isEqualTo(new Engine.End.Finished(List.of()));
            assertThat(night.world.look()).as("killed after %d", entries).isEqualTo(whole.world.look());
            assertThat(new HashSet<>(night.done())).isEqualTo(new HashSet<>(whole.done()));
            List<String> again = night.calls.subList(callsBefore, night.calls.size()).stream()
                    .filter(c -> c.startsWith("remove ") || c.startsWith("start ") || c.startsWith("move "))
                    .filter(c -> night.calls.indexOf(c) < callsBefore)
                    .toList();
            assertThat(again)
                    .as("killed after %d, %s done before", entries, before)
                    .isEmpty();
        }
    }

    @Test
    void aLostSiteThatAnswersStopsEverything() throws Exception {
        var night = new FakeNight("2.10.27");
        var first = night.engine(new Progress());
        assertThat(first.run(new StepId("remove-us_1"))).isEqualTo(new Engine.End.Paused(new StepId("remove-us_1")));
        night.world.started("us_2");
        int calls = night.calls.size();

        assertThatThrownBy(() -> night.engine(Progress.of(night.journal)).run(null))
                .isInstanceOfSatisfying(Halt.class, h -> assertThat(h.kind()).isEqualTo(Halt.Kind.REFUSED))
                .hasMessageContaining("`us_2` of the site `us`, which is called lost, answers.")
                .hasMessageContaining("stop these servers, and apply again");
        assertThat(night.calls).hasSize(calls);
    }

    @Test
    void aMemberThatOneLookDoesNotShowIsRemovedAllTheSame() throws Exception {
        var night = new FakeNight("2.10.27");
        List<String> ids = Night.ids(night.plan);
        night.engine(new Progress()).run(new StepId(ids.get(ids.indexOf("remove-us_1") - 1)));
        night.world.counting(6, "emea_1", "emea_2", "emea_3", "emea_4", "us_2", "us_3");

        night.engine(Progress.of(night.journal)).run(null);

        assertThat(night.calls).contains("remove us_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.8", "2.15.1"})
    void whatTheBillDoesNotNameIsNotGivenUp(String version) {
        var night = new FakeNight(version);
        night.unheld = List.of("orders", "usr3");

        assertThatThrownBy(() -> night.engine(new Progress()).run(null))
                .isInstanceOfSatisfying(Halt.class, h -> assertThat(h.kind()).isEqualTo(Halt.Kind.REFUSED))
                .hasMessageContaining("APP/orders")
                .hasMessageContaining("Plan again")
                .hasMessageNotContaining("usr3");
        assertThat(night.calls).noneMatch(c -> c.startsWith("remove"));
    }

    @Test
    void anAccountThatCannotBeListedIsTriedForAWhileAndThenSaid() throws Exception {
        var night = new FakeNight("2.10.27");
        night.unseen = List.of("account `acc9`: no way in.");

        night.engine(new Progress()).run(null);

        assertThat(night.lists).isGreaterThan(3);
        assertThat(night.journal)
                .filteredOn(e -> e instanceof Entry.Noted n && n.text().contains("`acc9`"))
                .hasSize(1);
        assertThat(night.calls).contains("remove us_1");
    }

    /** After a removal such a stream may be there again, empty, and tells nothing. */
    @Test
    void onceSomebodyIsRemovedNobodyLooksForStreamsAnyMore() throws Exception {
        var night = new FakeNight("2.10.27");
        night.engine(new Progress()).run(new StepId("remove-us_1"));
        night.unheld = List.of("orders");

        night.engine(Progress.of(night.journal)).run(null);

        assertThat(night.lists).isEqualTo(1);
    }

    @Test
    void aSurvivorThatDiesIsWaitedForAndThenNamed() throws Exception {
        var night = new FakeNight("2.10.27");
        night.engine(new Progress()).run(new StepId("attest-us"));
        night.world.killed("emea_2");

        assertThatThrownBy(() -> night.engine(Progress.of(night.journal)).run(null))
                .isInstanceOfSatisfying(Halt.class, h -> assertThat(h.kind()).isEqualTo(Halt.Kind.STOPPED))
                .hasMessageContaining("emea_2")
                .hasMessageContaining("apply again");
        assertThat(night.calls).noneMatch(c -> c.startsWith("start"));
    }

    @Test
    void aServerThatCannotBeStartedIsSaidWithItsReason() {
        var night = new FakeNight("2.10.27");
        night.driverFault = "Port 4226 is taken.";

        assertThatThrownBy(() -> night.engine(new Progress()).run(null))
                .isInstanceOf(Halt.class)
                .hasMessageContaining("Step `start-emea_4` cannot be done: Port 4226 is taken.");
    }

    @Test
    void aJournalThatTakesNoMoreEndsTheRunBeforeTheNextCall() {
        var night = new FakeNight("2.10.27");
        var calls = new ArrayList<Integer>();
        Recorder full = entry -> {
            if (entry instanceof Entry.Called) {
                calls.add(night.calls.size());
                throw new RecorderFault("No space is left.");
            }
        };
        var setup = new Engine.Setup(
                night.plan,
                Night.RICH,
                night,
                night,
                full,
                night,
                night.said::add,
                (a, b, c) -> List.of(),
                new Consent("id", "somebody", new java.util.TreeMap<>(), Consent.Copies.MADE),
                32,
                Long.MAX_VALUE);

        assertThatThrownBy(() -> new Engine(setup, new Progress(), Runnable::run).run(null))
                .isInstanceOf(RecorderFault.class);
        assertThat(calls).containsExactly(0);
        assertThat(night.calls).isEmpty();
    }

    @Test
    void whatIsBrokenInTheEndIsWaitedForAndThenTold() throws Exception {
        var night = new FakeNight("2.15.1");
        night.broken = List.of("IV203 foo is behind");

        assertThat(night.engine(new Progress()).run(null))
                .isEqualTo(new Engine.End.Finished(List.of("IV203 foo is behind")));
    }

    @Test
    void copiesThatAreDeclinedAreNotMadeAndTheJournalSaysSo() throws Exception {
        var night = new FakeNight("2.10.27");
        var setup = new Engine.Setup(
                night.plan,
                Night.RICH,
                night,
                night,
                night.journal::add,
                night,
                night.said::add,
                (a, b, c) -> List.of(),
                new Consent("id", "somebody", new java.util.TreeMap<>(), Consent.Copies.DECLINED),
                32,
                Long.MAX_VALUE);

        new Engine(setup, new Progress(), Runnable::run).run(null);

        assertThat(night.calls).noneMatch(c -> c.startsWith("copy"));
        assertThat(night.journal)
                .anySatisfy(e -> assertThat(e)
                        .isInstanceOfSatisfying(
                                Entry.Done.class, d -> assertThat(d.how()).isEqualTo(Entry.How.DECLINED)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void noMoreStreamsMoveAtATimeThanWasSaid(int moves) throws Exception {
        World world = Night.of("2.10.27");
        for (int i = 0; i < 10; i++) {
            var stream = new World.Stream("us_1", "us_2", "emea_1");
            stream.messages.remove("us_1");
            stream.messages.remove("us_2");
            stream.leader = null;
            world.with("many" + i, stream);
        }
        Plan plan = Night.planned(Night.result(world, Night.RICH, new Scenario.Recover(new SiteName("us")), null));
        var night = new FakeNight(world, plan, "2.10.27");

        night.engine(moves, Long.MAX_VALUE).run(null);

        int open = 0;
        int most = 0;
        for (Entry e : night.journal) {
            if (e instanceof Entry.Begun b && b.step().text().startsWith("move-")) {
                open++;
            } else if (e instanceof Entry.Done d && d.step().text().startsWith("await-APP")) {
                open--;
            }
            most = Math.max(most, open);
        }
        assertThat(most).isEqualTo(moves);
        assertThat(night.calls.stream().filter(c -> c.startsWith("move many"))).hasSize(10);
    }
}
