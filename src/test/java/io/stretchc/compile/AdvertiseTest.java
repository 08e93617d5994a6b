package io.stretchc.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Without an address to announce, nats-server sends others to every address of its machine (2.9 to 2.15). */
class AdvertiseTest {
    @Test
    void everyListenerThatOthersAreToldOfAnnouncesTheHost() {
        String text = server("advertise: true");

        assertThat(text)
                .contains("client_advertise: \"nats-1.us.example:4220\"\n")
                .containsPattern(advertised("cluster", 4240))
                .containsPattern(advertised("leafnodes", 7420))
                .containsPattern(advertised("gateway", 7240))
                .containsPattern(advertised("websocket", 8240));
        assertThat(text.split("advertise: ", -1)).hasSize(6);
    }

    @Test
    void nothingIsAnnouncedUnlessAskedFor() {
        assertThat(server("jetstream: true")).doesNotContain("advertise");
        assertThat(server("advertise: false")).doesNotContain("advertise");
    }

    @Test
    void aServerMayDifferFromTheDefaultsAndReservesFollowThem() {
        var files = Topologies.compile(topology("advertise: true", "advertise: false"));

        assertThat(files.get("C/servers/a_1.conf")).contains("client_advertise");
        assertThat(files.get("C/servers/a_2.conf")).doesNotContain("advertise");
        assertThat(files.get("C/arbiters/a_3.conf")).contains("client_advertise: \"[2001:db8::5]:4222\"");
    }

    private static String advertised(String block, int port) {
        return "(?m)^" + block + " \\{\n(  .*\n)*?  advertise: \"nats-1\\.us\\.example:" + port + "\"$";
    }

    private static String server(String setting) {
        return Objects.requireNonNull(
                Topologies.compile(topology(setting, "jetstream: true")).get("C/servers/a_1.conf"));
    }

    private static String topology(String defaults, String second) {
        return """
                format: 1
                cluster: { name: C, server_version: 2.12.15 }
                defaults: { %s }
                sites:
                  - name: a
                    servers:
                      - name: a_1
                        host: nats-1.us.example
                        ports: { client: 4220, cluster: 4240, monitor: 8220, leaf: 7420, gateway: 7240, websocket: 8240 }
                      - { name: a_2, host: h, %s }
                    arbiters: [{ name: a_3, host: "2001:db8::5" }]
                gateway: { clusters: [{ name: D, hosts: ["d:7222"] }] }
                accounts: [{ name: APP }]
                """.formatted(defaults, second);
    }
}
