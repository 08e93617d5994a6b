package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

/** {@code sync_interval} came with 2.10, and its default changed with it. */
class SyncIntervalTest {
    @Test
    void arbitersAndStandInsAreCheckedLikeServers() {
        assertThat(Findings.of(topology("2.9.10"), Code.TP107))
                .extracting(d -> d.span().line())
                .containsExactly(4, 5);
        assertThat(Findings.of(topology("2.10.0"), Code.TP107)).isEmpty();
    }

    @Test
    void theDefaultIsOneMinuteInTwoNine() {
        assertThat(Findings.messages(topology("2.9.10"), Code.DU101))
                .singleElement()
                .asString()
                .contains("default of 1 minute", "up to 1 minute of");
        assertThat(Findings.messages(topology("2.10.0"), Code.DU101))
                .singleElement()
                .asString()
                .contains("default of 2 minutes", "up to 2 minutes of");
    }

    private static String topology(String version) {
        return """
                cluster: { name: C, server_version: %s }
                sites:
                  - name: a
                    arbiters: [{ name: a_4, sync_interval: 1m }]
                    stand_ins: [{ for: b_1, sync_interval: 1m }]
                  - { name: b, servers: [{ name: b_1 }] }
                """.formatted(version);
    }
}
