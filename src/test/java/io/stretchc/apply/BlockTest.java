package io.stretchc.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Morning;
import io.stretchc.plan.Night;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which steps of real plans may go on at the same time. */
class BlockTest {
    @Test
    void standInsAndNewServersStartSideBySide() {
        assertThat(together(Night.recover("2.12.15"), true))
                .contains(List.of("start-us_1", "start-us_2", "start-us_3"));
        assertThat(together(Night.recover("2.12.8"), true))
                .contains(List.of("start-emea_4", "start-emea_5", "start-emea_6"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.8", "2.15.1"})
    void aSiteThatReturnsStartsSideBySide(String version) {
        assertThat(together(Morning.back(version), true)).contains(List.of("start-us_1", "start-us_2", "start-us_3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.15", "2.15.1"})
    void serversThatTheLeaderAdmitsStartOneAfterTheOther(String version) {
        assertThat(together(Morning.restore(version), true))
                .noneMatch(b -> b.get(0).startsWith("start-"));
    }

    @Test
    void aPersonStartsOneAfterTheOther() {
        assertThat(together(Night.recover("2.12.15"), false))
                .noneMatch(b -> b.get(0).startsWith("start-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.8", "2.12.15", "2.15.1"})
    void removalsAreAlwaysAlone(String version) {
        assertThat(together(Night.recover(version), true))
                .noneMatch(b -> b.stream().anyMatch(s -> s.startsWith("remove-")));
        assertThat(together(Morning.restore(version), true))
                .noneMatch(b -> b.stream().anyMatch(s -> s.startsWith("remove-") || s.startsWith("lead-meta")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.8", "2.15.1"})
    void blocksFollowTheOrderOfThePlan(String version) {
        Plan plan = Morning.back(version);

        assertThat(Block.of(plan.steps(), s -> true).stream()
                        .filter(b -> b.inTurn() || b.chains().size() == 1)
                        .flatMap(b -> b.chains().stream())
                        .flatMap(List::stream))
                .isSubsetOf(plan.steps())
                .isSortedAccordingTo(java.util.Comparator.comparing(plan.steps()::indexOf));
    }

    /** The steps of blocks with more than one chain. */
    private static List<List<String>> together(Plan plan, boolean acts) {
        return Block.of(plan.steps(), s -> acts).stream()
                .filter(b -> b.chains().size() > 1)
                .map(b -> b.chains().stream()
                        .flatMap(List::stream)
                        .map(Step::id)
                        .map(id -> id.text())
                        .toList())
                .toList();
    }
}
