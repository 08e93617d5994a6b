package io.stretchc.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuorumTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void twoQuorumsAlwaysShareAMember(int members) {
        assertThat(2 * Quorum.of(members)).isGreaterThan(members);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void oneVoteLessWouldLetTwoLeadersBeElected(int members) {
        assertThat(2 * (Quorum.of(members) - 1)).isLessThanOrEqualTo(members);
    }

    @Test
    void anEvenMemberAddsNothingToWhatIsSurvived() {
        for (int odd = 1; odd < 9; odd += 2) {
            assertThat(Quorum.margin(odd + 1)).isEqualTo(Quorum.margin(odd)).isEqualTo(odd / 2);
        }
    }
}
