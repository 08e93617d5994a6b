package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

/** nats-server takes the seed itself as a remote's nkey, never a file (2.10.8 to 2.15), so the file is included. */
class LeafNkeyTest {
    @Test
    void theSeedOfALeafConnectionNeedsTwoTenEight() {
        assertThat(Findings.messages(topology("2.10.7", "leaf-nkey.conf"), Code.TP107))
                .singleElement()
                .asString()
                .contains("`nkey_file` needs nats-server 2.10.8");
        assertThat(Findings.messages(topology("2.10.8", "leaf-nkey.conf"), Code.TP107))
                .isEmpty();
    }

    @Test
    void theIncludedSeedIsGivenByARelativePath() {
        assertThat(Findings.messages(topology("2.10.27", "/etc/leaf-nkey.conf"), Code.TP109))
                .singleElement()
                .asString()
                .contains("is absolute");
        assertThat(Findings.messages(topology("2.10.27", "secrets/leaf-nkey.conf"), Code.TP109))
                .isEmpty();
    }

    private static String topology(String version, String nkeyFile) {
        return """
                cluster: { name: HUB, server_version: %s }
                leaf_clusters:
                  - name: LEAF
                    domain: leaf
                    remotes: [{ account: APP, nkey_file: %s }]
                """.formatted(version, nkeyFile);
    }
}
