package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/**
 * For a first leader an empty server waits for more than half of its routes and gateway addresses (2.9 to 2.11), or for
 * all of them (2.12 to 2.15).
 */
class FirstLeaderTest {
    @Test
    void upTo211AClusterStartsAloneAsLongAsItsOwnVotesAreMoreThanHalf() {
        assertThat(Findings.of(topology("2.11.17", 3, 0, 2), Code.NW108)).isEmpty();
        assertThat(Findings.messages(topology("2.11.17", 3, 0, 3), Code.NW108))
                .singleElement()
                .asString()
                .contains("With 3 routes and 3 gateway addresses", "waits for 4 votes", "has 3 voters");
    }

    @Test
    void from212OnAnyAddressBeyondTheRoutesMakesItWaitForOthers() {
        assertThat(Findings.messages(topology("2.12.0", 6, 0, 2), Code.NW108))
                .singleElement()
                .asString()
                .contains("With 6 routes and 2 gateway addresses", "waits for 8 votes", "has 6 voters");
        assertThat(Findings.of(seeds(topology("2.12.0", 6, 0, 2)), Code.NW108)).isEmpty();
    }

    @Test
    void serversWithoutJetStreamCountUntilAllHaveBeenSeen() {
        assertThat(Findings.of(seeds(topology("2.11.17", 2, 3, 1)), Code.NW108)).isEmpty();
        assertThat(Findings.messages(topology("2.11.17", 2, 3, 1), Code.NW108))
                .singleElement()
                .asString()
                .contains("With 5 routes and 1 gateway address ", "waits for 4 votes", "has 2 voters");
    }

    @Test
    void aClusterWithoutGatewaysNeedsNoOther() {
        assertThat(Findings.of(topology("2.12.0", 3, 0, 0), Code.NW108)).isEmpty();
    }

    private static String seeds(String topology) {
        return topology.replace("full_mesh", "seeds, seeds_per_site: 4");
    }

    private static String topology(String version, int voters, int others, int addresses) {
        var servers = new StringBuilder();
        for (int i = 0; i < voters + others; i++) {
            servers.append("{ name: s_" + i + ", host: h" + i + ", jetstream: " + (i < voters) + " }, ");
        }
        return """
                cluster: { name: C, server_version: %s, routes: { mode: full_mesh } }
                sites: [{ name: a, servers: [%s] }]
                gateway: { clusters: [{ name: C, hosts: [own:1] }, { name: OTHER, hosts: %s }] }
                """.formatted(version, servers, Collections.nCopies(addresses, "other:1"));
    }
}
