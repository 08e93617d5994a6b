package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

/** nats-server lower-cases tags and the unique prefix wherever they stand. */
class LowerCaseTagTest {
    @Test
    void everyPlaceOfATagIsLookedAt() {
        String yaml = """
                cluster: { name: C, server_version: 2.12.15, unique_tag: "Unique:" }
                sites:
                  - name: a
                    stand_ins: [{ for: b_1, dc: A, tags: ["Ha:1"] }]
                leaf_clusters:
                  - name: L
                    domain: l
                    unique_tag: "Host:"
                    defaults: { tags: ["Shop:1"] }
                    servers: [{ name: l_1, dc: B }]
                """;

        assertThat(Findings.messages(yaml, Code.PL108))
                .containsExactly(
                        "nats-server reads the tag `Unique:` as `unique:`.",
                        "nats-server reads the tag `A` as `a`.",
                        "nats-server reads the tag `Ha:1` as `ha:1`.",
                        "nats-server reads the tag `Host:` as `host:`.",
                        "nats-server reads the tag `Shop:1` as `shop:1`.",
                        "nats-server reads the tag `B` as `b`.");
    }
}
