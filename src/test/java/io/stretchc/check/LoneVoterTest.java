package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

/** A clustered server expects a meta group of at least two and alone never elects a leader (2.9 to 2.15). */
class LoneVoterTest {
    @Test
    void oneVoterIsNotMerelyFragile() {
        assertThat(Findings.messages(topology("{ name: a_1 }"), Code.QM105))
                .singleElement()
                .asString()
                .contains("no leader is ever elected");
        assertThat(Findings.messages(topology("{ name: a_1 }, { name: a_2, host: h }"), Code.QM105))
                .singleElement()
                .asString()
                .contains("has 2 voters; three are the fewest");
    }

    private static String topology(String servers) {
        return """
                cluster: { name: C, server_version: 2.12.15 }
                sites: [{ name: a, servers: [%s] }]
                """.formatted(servers);
    }
}
