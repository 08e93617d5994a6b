package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

/** An empty server expects as many members as it has routes and gateway addresses (2.9 to 2.15). */
class SeedRoutesTest {
    @Test
    void theAdviceIsTheFewestRoutesThatAreSafe() {
        assertThat(fix(6, 2)).contains(" 6 routes are safe.");
        assertThat(fix(5, 2)).contains(" 4 routes are safe.");
        assertThat(Findings.of(topology(5, 4, ""), Code.NW103)).isEmpty();
        assertThat(Findings.of(topology(6, 5, ""), Code.NW103)).hasSize(1);
        assertThat(Findings.of(topology(6, 6, ""), Code.NW103)).isEmpty();
    }

    @Test
    void addressesOfGatewaysCountLikeRoutes() {
        String gateway = "gateway: { clusters: [{ name: OTHER, hosts: [a:1, b:1, c:1] }, { name: C, hosts: [d:1] }] }";

        assertThat(Findings.of(topology(5, 2, gateway), Code.NW103)).isEmpty();
        assertThat(Findings.messages(topology(9, 2, gateway), Code.NW103))
                .singleElement()
                .asString()
                .contains("With 2 seed routes and 3 gateway addresses", "expects a meta group of 5");
    }

    private static String fix(int servers, int seeds) {
        return Findings.of(topology(servers, seeds, ""), Code.NW103).get(0).fix();
    }

    private static String topology(int servers, int seeds, String more) {
        var list = new StringBuilder();
        for (int i = 0; i < servers; i++) {
            list.append("{ name: s_" + i + ", host: h" + i + " }, ");
        }
        return """
                cluster: { name: C, server_version: 2.12.15, routes: { mode: seeds, seeds_per_site: %d } }
                sites: [{ name: a, servers: [%s] }]
                %s
                """.formatted(seeds, list, more);
    }
}
