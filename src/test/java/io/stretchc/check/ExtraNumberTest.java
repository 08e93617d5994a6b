package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtraNumberTest {
    @ParameterizedTest
    @ValueSource(strings = {"1e3", "1E3", "1.5e3", "-2e-1", "9223372036854775808", "-9223372036854775809"})
    void aNumberThatTheServerReadsDifferentlyIsRefused(String number) {
        assertThat(Topologies.codes(with(number))).contains(Code.TP109);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000", "0.5", "9223372036854775807", "-9223372036854775808", "true", "\"1e3\""})
    void aNumberThatTheServerReadsAsWrittenIsFine(String number) {
        assertThat(Topologies.codes(with(number))).doesNotContain(Code.TP109);
    }

    @Test
    void numbersInsideListsAndBlocksAreLookedAtToo() {
        assertThat(Topologies.check(with("{ a: [1, { b: 1e3 }] }"), Code.TP109))
                .singleElement()
                .satisfies(d -> assertThat(d.fix()).contains("digits"));
    }

    private static String with(String number) {
        return Topologies.STRETCH.replace("defaults:\n", "defaults:\n  extra: { x: " + number + " }\n");
    }
}
