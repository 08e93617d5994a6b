package io.stretchc.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgeTest {
    @ParameterizedTest
    @CsvSource({
        "1ns, 1",
        "1us, 1000",
        "1ms, 1000000",
        "1.5s, 1500000000",
        "2m, 120000000000",
        "1h30m, 5400000000000",
        "30d, 2592000000000000",
        "0s, 0"
    })
    void partsOfAnyUnitAddUp(String text, String nanoseconds) {
        assertThat(Age.parse(text).orElseThrow().nanoseconds()).isEqualByComparingTo(nanoseconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 s", "s", "1h30", "1w", "-1s"})
    void whatIsNoLengthOfTimeIsRefused(String text) {
        assertThat(Age.parse(text)).isEmpty();
    }

    @Test
    void lengthsAreEqualHoweverTheyAreWritten() {
        assertThat(Age.parse("24h")).isEqualTo(Age.parse("1d"));
        assertThat(Age.parse("90s").orElseThrow()).isGreaterThan(Age.parse("1m").orElseThrow());
        assertThat(Age.parse("0h").orElseThrow().none()).isTrue();
    }
}
