package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

/** A placement tag that begins with the unique prefix switches uniqueness off (all versions). */
class UniquePrefixTest {
    @Test
    void anExcludingTagSwitchesUniquenessOffToo() {
        assertThat(Findings.messages(topology("!unique:s_1", ""), Code.PL102))
                .singleElement()
                .asString()
                .contains("`!unique:s_1`");
        assertThat(Findings.of(topology("!rack:1", ""), Code.PL102)).isEmpty();
    }

    @Test
    void aServerThatTakesNoStreamsIsNoPlaceForThem() {
        assertThat(Findings.of(topology("ha:1", ""), Code.PL103)).isEmpty();
        assertThat(Findings.messages(topology("ha:1", ", \"!jetstream\""), Code.PL103))
                .singleElement()
                .asString()
                .contains("only 2 JetStream servers have the tags", "`s_2`, `s_3`");
    }

    @Test
    void anArbiterThatTakesNoStreamsMayHaveAnyTag() {
        assertThat(Findings.of(arbiter("[\"ha:1\"]"), Code.PL107)).hasSize(1);
        assertThat(Findings.of(arbiter("[\"ha:1\", \"!JetStream\"]"), Code.PL107))
                .isEmpty();
    }

    private static String arbiter(String tags) {
        return """
                cluster: { name: C, server_version: 2.10.27 }
                sites: [{ name: a, arbiters: [{ name: a_4, tags: %s }] }]
                placements: [{ name: p, tags: ["ha:1"] }]
                """.formatted(tags);
    }

    private static String topology(String placementTag, String tagsOfFirst) {
        return """
                cluster: { name: C, server_version: 2.12.15 }
                sites:
                  - name: a
                    servers:
                      - { name: s_1, host: h1, tags: ["ha:1"%s] }
                      - { name: s_2, host: h2, tags: ["ha:1"] }
                      - { name: s_3, host: h3, tags: ["ha:1"] }
                placements: [{ name: p, tags: ["%s"] }]
                streams: [{ name: S, account: APP, replicas: 3, placement: p }]
                """.formatted(tagsOfFirst, placementTag);
    }
}
