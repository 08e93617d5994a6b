package io.stretchc.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a digest is made from, and when it is not made; that it is nats-server's, ConfigDigestIT shows. */
final class ConfigDigestTest {
    private static final String ACCOUNTS = "accounts { \"A\" { users: [ { user: \"a\" } ] } }\n";

    @Test
    void layoutOrderAndCommentsDoNotCount() {
        String one = "# a\nserver_name: \"x\"\nport: 1\ninclude \"../accounts.conf\"\n";
        String other = "port = 1\n\n# b\ninclude \"../accounts.conf\"\nserver_name \"x\"";

        assertThat(ConfigDigest.of(one, ACCOUNTS))
                .isPresent()
                .isEqualTo(ConfigDigest.of(other, ACCOUNTS))
                .isNotEqualTo(ConfigDigest.of(one, ACCOUNTS.replace("\"a\"", "\"b\"")))
                .isNotEqualTo(ConfigDigest.of(one.replace("1", "2"), ACCOUNTS));
    }

    @Test
    void whatIsNotSureIsNotTold() {
        for (String text : List.of(
                "password: $SECRET",
                "include \"other.conf\"",
                "max_payload: 8MB",
                "a: 1.5",
                "a: yes",
                "a: 'single'",
                "a: \"\\x41\"",
                "a: \"open",
                "a {",
                "a: [ 1",
                "}",
                "// b",
                "a: 012")) {
            assertThat(ConfigDigest.of(text, "")).as(text).isEmpty();
        }
    }
}
