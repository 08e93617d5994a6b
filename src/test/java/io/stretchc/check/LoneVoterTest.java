package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

/** A clustered server expects a meta group of at least two and alone never elects a leader (2.9 to 2.15). */
class LoneVoterTest {
    @Test
    void oneVoterAmongOthersIsNotMerelyFragile() {
        assertThat(Findings.messages(topology("{ name: a_1 }, { name: a_2, jetstream: false }", ""), Code.QM105))
                .singleElement()
                .asString()
                .contains("no leader is ever elected");
        assertThat(Findings.messages(topology("{ name: a_1 }", "arbiters: [{ name: a_2 }]"), Code.QM105))
                .singleElement()
                .asString()
                .contains("no leader is ever elected");
        assertThat(Findings.messages(topology("{ name: a_1 }, { name: a_2, host: h }", ""), Code.QM105))
                .singleElement()
                .asString()
                .contains("has 2 voters; three are the fewest");
    }

    @Test
    void aServerWithoutAnyOtherWorksAsLongAsItLasts() {
        assertThat(Findings.messages(topology("{ name: a_1 }", ""), Code.QM105))
                .singleElement()
                .asString()
                .contains("is one server, `a_1`", "its JetStream works", "nothing in it survives");
    }

    @Test
    void whatOnlyAClusterUsesIsNotHeldAgainstIt() {
        String leaf = "\nleaf_clusters: [{ name: L, domain: l, servers: [{ name: l_1, ports: { client: 4223 } }] }]";

        assertThat(Findings.of(topology("{ name: a_1 }", "") + leaf, Code.NW101))
                .isEmpty();
        assertThat(Findings.messages(topology("{ name: a_1 }, { name: a_2, host: h }", "") + leaf, Code.NW101))
                .isEmpty();
        assertThat(Findings.messages(topology("{ name: a_1, extra: { cluster: { pool_size: 5 } } }", ""), Code.TP108))
                .singleElement()
                .asString()
                .contains("is no part of a cluster");
    }

    private static String topology(String servers, String reserves) {
        return """
                cluster: { name: C, server_version: 2.12.15 }
                sites: [{ name: a, servers: [%s], %s }]
                """.formatted(servers, reserves);
    }
}
