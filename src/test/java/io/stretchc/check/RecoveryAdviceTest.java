package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

/** The advice for a lost site is about the technique that the topology declares. */
class RecoveryAdviceTest {
    @Test
    void declaredStandInsAreAskedForWhereRescueWouldDo() {
        assertThat(advice("2.15.1", "stand_ins"))
                .isEqualTo("Declare stand-ins in other sites for all lost servers; missing: `a_1`, `a_2`.");
        assertThat(Findings.of(topology("2.15.1", "auto"), Code.QM102)).isEmpty();
    }

    @Test
    void upToTwoElevenAsManyStandInsAsVotesAreMissingWillDo() {
        assertThat(advice("2.11.17", "stand_ins")).isEqualTo("Declare stand-ins in other sites for 1 of `a_1`, `a_2`.");
        assertThat(advice("2.11.17", "auto")).startsWith("Declare 1 arbiter in a site other than `a`");
    }

    private static String advice(String version, String recovery) {
        return Findings.of(topology(version, recovery), Code.QM102).get(0).fix();
    }

    private static String topology(String version, String recovery) {
        return """
                cluster: { name: C, server_version: %s, recovery: %s }
                sites:
                  - { name: a, servers: [{ name: a_1, host: h1 }, { name: a_2, host: h2 }] }
                  - { name: b, servers: [{ name: b_1, host: h3 }, { name: b_2, host: h4 }] }
                """.formatted(version, recovery);
    }
}
