package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** An empty server waits for more than half of its routes and gateway addresses (2.9 to 2.15). */
class FirstLeaderTest {
    @Test
    void aClusterStartsAloneAsLongAsItsOwnVotesAreMoreThanHalf() {
        assertThat(Findings.of(topology(3, 0, 2), Code.NW108)).isEmpty();
        assertThat(Findings.messages(topology(3, 0, 3), Code.NW108))
                .singleElement()
                .asString()
                .contains("With 3 routes and 3 gateway addresses", "needs 4 votes", "has 3 voters");
    }

    @Test
    void serversWithoutJetStreamCountUntilAllHaveBeenSeen() {
        assertThat(Findings.of(topology(2, 3, 1).replace("full_mesh", "seeds, seeds_per_site: 4"), Code.NW108))
                .isEmpty();
        assertThat(Findings.messages(topology(2, 3, 1), Code.NW108))
                .singleElement()
                .asString()
                .contains("With 5 routes and 1 gateway address ", "needs 4 votes", "has 2 voters");
    }

    @Test
    void aClusterWithoutGatewaysNeedsNoOther() {
        assertThat(Findings.of(topology(3, 0, 0), Code.NW108)).isEmpty();
    }

    private static String topology(int voters, int others, int addresses) {
        var servers = new StringBuilder();
        for (int i = 0; i < voters + others; i++) {
            servers.append("{ name: s_" + i + ", host: h" + i + ", jetstream: " + (i < voters) + " }, ");
        }
        return """
                cluster: { name: C, server_version: 2.12.15, routes: { mode: full_mesh } }
                sites: [{ name: a, servers: [%s] }]
                gateway: { clusters: [{ name: C, hosts: [own:1] }, { name: OTHER, hosts: %s }] }
                """.formatted(servers, Collections.nCopies(addresses, "other:1"));
    }
}
