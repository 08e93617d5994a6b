package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

/** Users that their certificates name have no password. */
class CertificateUserTest {
    private static final String USER = "accounts: [{ name: APP, users: [{ user: \"CN=app\" }] }]\n";

    @Test
    void aUserNeedsNoPasswordWhereCertificatesAreMapped() {
        assertThat(Findings.of(USER + tls("verify_and_map: true"), Code.AC104)).isEmpty();
        assertThat(Findings.messages(USER + tls("verify: true"), Code.AC104))
                .containsExactly("The user `CN=app` has no password.");
    }

    private static String tls(String how) {
        return "tls: { client: { cert_file: c, key_file: k, ca_file: a, " + how + " } }";
    }
}
