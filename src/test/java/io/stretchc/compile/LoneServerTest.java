package io.stretchc.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import org.junit.jupiter.api.Test;

/** A server in a cluster of one never elects a meta leader, so a cluster of one is none (2.9 to 2.15). */
class LoneServerTest {
    private static final String LEAF = "C/leafs/EDGE/servers/edge_1.conf";

    @Test
    void aServerWithoutAnyOtherIsNoCluster() {
        assertThat(Topologies.compile(topology("{ name: edge_1 }", "")).get(LEAF))
                .contains("server_name: \"edge_1\"", "jetstream {", "domain: \"edge\"", "leafnodes {")
                .doesNotContain("cluster {", "routes", "6222");
    }

    @Test
    void twoServersAreACluster() {
        assertThat(Topologies.compile(topology("{ name: edge_1 }, { name: edge_2, host: h }", ""))
                        .get(LEAF))
                .contains("cluster {", "routes: [");
    }

    @Test
    void reservesAndGatewaysNeedACluster() {
        assertThat(Topologies.compile(topology("{ name: edge_1 }", "")).get("C/servers/a_1.conf"))
                .doesNotContain("cluster {");
        assertThat(Topologies.compile(topology("{ name: edge_1 }", ", replacements: 1"))
                        .get("C/servers/a_1.conf"))
                .contains("cluster {");
        assertThat(Topologies.compile(topology("{ name: edge_1 }", "")
                                + "\ngateway: { clusters: [{ name: D, hosts: [\"d:7222\"] }] }")
                        .get("C/servers/a_1.conf"))
                .contains("cluster {", "gateway {");
    }

    private static String topology(String servers, String more) {
        return """
                format: 1
                cluster: { name: C, domain: hub, server_version: 2.12.15 }
                sites: [{ name: a, servers: [{ name: a_1, ports: { leaf: 7422, gateway: 7222 } }]%s }]
                leaf_clusters:
                  - { name: EDGE, domain: edge, servers: [%s], remotes: [{ account: APP }], accounts: [{ name: APP }] }
                accounts: [{ name: APP }]
                """.formatted(more, servers);
    }
}
