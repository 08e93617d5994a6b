package io.stretchc.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostTest {
    private final Cost<String> cost = new Cost<>();

    @Test
    void aChainAloneAddsAllThatItPaid() {
        cost.pay(List.of("a"), 5);
        cost.pay(List.of(), 7);
        cost.pay(List.of("a"), 3);
        cost.end("a", 100);

        assertThat(cost.added()).isEqualTo(8);
    }

    @Test
    void whatAChainPaidWhileAnotherOneHadToBeWaitedForAddsNothing() {
        cost.pay(List.of("a", "b"), 5);
        cost.pay(List.of("a"), 30);
        cost.end("a", 50);
        cost.pay(List.of("b"), 4);
        cost.end("b", 100);

        assertThat(cost.added()).isEqualTo(9);
    }

    @Test
    void aChainThatWouldHaveBeenTheLastOneWithoutItsOwnCostCounts() {
        cost.pay(List.of("a"), 10);
        cost.pay(List.of("b"), 60);
        cost.end("a", 90);
        cost.end("b", 100);

        assertThat(cost.added()).isEqualTo(20);
    }

    @Test
    void aChainThatWaitedForRoomPaysForThoseBeforeIt() {
        cost.pay(List.of("a"), 10);
        cost.end("a", 40);
        cost.pay(List.of("b"), 2);
        cost.end("b", 80);

        assertThat(cost.added()).isEqualTo(12);
    }
}
