package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

/** Leaf nodes without credentials: taken in up to 2.11, refused from 2.12.0 on where there are users. */
class LeafConnectionTest {
    private static final String USERS = "accounts: [{ name: APP, users: [{ user: app, password: { env: P } }] }]";

    @Test
    void anOpenLeafListenerTakesAnybodyInUpToTwoEleven() {
        String yaml = topology("2.11.17", USERS, "");

        assertThat(Findings.messages(yaml, Code.AC106))
                .singleElement()
                .asString()
                .contains("account `APP`");
        assertThat(Findings.of(yaml, Code.NW106)).isEmpty();
    }

    @Test
    void fromTwoTwelveOnALeafClusterWithoutAnNkeyIsRefused() {
        String yaml = topology("2.12.0", USERS, "");

        assertThat(Findings.of(yaml, Code.AC106)).isEmpty();
        assertThat(Findings.messages(yaml, Code.NW106))
                .containsExactly("nats-server 2.12.0 refuses leaf nodes that do not log in as one of the backbone's"
                        + " users, and the leaf cluster `LEAF` has no nkey.");
    }

    @Test
    void anNkeyOrAUserForThoseWithoutCredentialsLetsItIn() {
        assertThat(Findings.of(topology("2.12.15", USERS, ", nkey_file: leaf.conf"), Code.NW106))
                .isEmpty();
        String open = topology("2.12.15", USERS + "\nno_auth_user: app", "");
        assertThat(Findings.of(open, Code.NW106)).isEmpty();
        assertThat(Findings.messages(open, Code.AC106))
                .containsExactly(
                        "Anybody who reaches a leaf port becomes a member of account `APP`.",
                        "Anybody who reaches a client port becomes the user `app`.");
    }

    @Test
    void anOperatorWantsACredentialsFileOnEveryVersion() {
        String operator = "operator: { include: operator.conf }";

        assertThat(Findings.messages(topology("2.10.27", operator, ", nkey_file: leaf.conf"), Code.NW106))
                .singleElement()
                .asString()
                .contains("no credentials file");
        assertThat(Findings.of(topology("2.10.27", operator, ", creds_file: leaf.creds"), Code.NW106))
                .isEmpty();
    }

    @Test
    void tlsOnOneEndOnlyDoesNotConnect() {
        String tls = USERS + "\ntls: { leaf: { cert_file: c, key_file: k } }";

        assertThat(Findings.messages(topology("2.11.17", tls, ""), Code.NW106))
                .containsExactly("The leaf cluster `LEAF` connects without TLS to a backbone that listens with.");
        assertThat(Findings.messages(topology("2.11.17", USERS, ", tls: true"), Code.NW106))
                .containsExactly("The leaf cluster `LEAF` connects with TLS to a backbone that listens without.");
        assertThat(Findings.of(topology("2.11.17", tls, ", tls: true"), Code.NW106))
                .isEmpty();
        assertThat(Findings.of(topology("2.11.17", tls, ""), Code.NW201)).isEmpty();
        assertThat(Findings.of(topology("2.11.17", USERS, ""), Code.NW201)).hasSize(1);
    }

    private static String topology(String version, String more, String remote) {
        return """
                cluster: { name: HUB, server_version: %s }
                sites: [{ name: a, servers: [{ name: a_1, ports: { leaf: 7422 } }] }]
                leaf_listener: { account: APP }
                %s
                leaf_clusters:
                  - name: LEAF
                    domain: leaf
                    servers: [{ name: leaf_1, host: h }]
                    remotes: [{ account: APP%s }]
                """.formatted(version, more, remote);
    }
}
