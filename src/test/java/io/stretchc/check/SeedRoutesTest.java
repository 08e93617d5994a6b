package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

/**
 * An empty server expects as many members as it has routes and gateway addresses (2.9 to 2.15). Up to 2.11 more than
 * half of them elect a first leader, from 2.12.0 on all of them have to vote.
 */
class SeedRoutesTest {
    @Test
    void theAdviceIsTheFewestRoutesThatAreSafe() {
        assertThat(fix("2.11.17", 6, 2)).contains(" 6 routes are safe.");
        assertThat(fix("2.11.17", 5, 2)).contains(" 4 routes are safe.");
        assertThat(fix("2.12.0", 6, 2)).contains(" 4 routes are safe.");
        assertThat(fix("2.12.0", 5, 2)).contains(" 3 routes are safe.");
    }

    @Test
    void whatIsAdvisedIsSafeAndOneRouteFewerIsNot() {
        for (String version : new String[] {"2.11.17", "2.12.0"}) {
            for (int servers = 3; servers <= 9; servers++) {
                for (int seeds = 1; seeds <= servers; seeds++) {
                    int safe = version.equals("2.12.0") ? servers / 2 + 1 : servers - servers % 2;

                    assertThat(Findings.of(topology(version, servers, seeds, ""), Code.NW103))
                            .as("%s, %s servers, %s seeds", version, servers, seeds)
                            .hasSize(Math.max(2, seeds) < safe ? 1 : 0);
                }
            }
        }
    }

    @Test
    void addressesOfGatewaysCountLikeRoutes() {
        String gateway = "gateway: { clusters: [{ name: OTHER, hosts: [a:1, b:1, c:1] }, { name: C, hosts: [d:1] }] }";

        assertThat(Findings.of(topology("2.11.17", 5, 2, gateway), Code.NW103)).isEmpty();
        assertThat(Findings.messages(topology("2.11.17", 9, 2, gateway), Code.NW103))
                .singleElement()
                .asString()
                .contains("With 2 seed routes and 3 gateway addresses", "expects a meta group of 5", "lets 3 votes");
    }

    private static String fix(String version, int servers, int seeds) {
        return Findings.of(topology(version, servers, seeds, ""), Code.NW103)
                .get(0)
                .fix();
    }

    private static String topology(String version, int servers, int seeds, String more) {
        var list = new StringBuilder();
        for (int i = 0; i < servers; i++) {
            list.append("{ name: s_" + i + ", host: h" + i + " }, ");
        }
        return """
                cluster: { name: C, server_version: %s, routes: { mode: seeds, seeds_per_site: %d } }
                sites: [{ name: a, servers: [%s] }]
                %s
                """.formatted(version, seeds, list, more);
    }
}
