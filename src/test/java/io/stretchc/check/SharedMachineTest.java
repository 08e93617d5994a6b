package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

/** Two servers of one machine cannot have the same port, whatever names it goes by. */
class SharedMachineTest {
    @Test
    void aServerThatListensEverywhereTakesThePortOfEveryLoopbackAddress() {
        assertThat(clashes("{ host: 127.0.0.1 }", "{ host: 127.0.0.2, listen: 127.0.0.2 }"))
                .isEqualTo(2);
        assertThat(clashes("{ host: 127.0.0.1, listen: 127.0.0.1 }", "{ host: 127.0.0.2, listen: 127.0.0.2 }"))
                .isZero();
    }

    @Test
    void aListenAddressTellsWhichMachineItIs() {
        assertThat(clashes("{ host: a.example, listen: 10.1.0.5 }", "{ host: b.example, listen: 10.1.0.5 }"))
                .isEqualTo(2);
        assertThat(clashes("{ host: 10.1.0.5 }", "{ host: b.example, listen: 10.1.0.5 }"))
                .isEqualTo(2);
        assertThat(clashes("{ host: a.example, listen: 10.1.0.5 }", "{ host: a.example, listen: 10.1.0.6 }"))
                .isZero();
    }

    @Test
    void loopbackOfTwoMachinesIsNotOne() {
        assertThat(clashes("{ host: a.example, listen: 127.0.0.1 }", "{ host: b.example, listen: 127.0.0.1 }"))
                .isZero();
        assertThat(clashes("{ host: a.example }", "{ host: b.example }")).isZero();
    }

    @Test
    void aHostNameIsComparedWithoutCaseAndFinalDot() {
        assertThat(clashes("{ host: a.example }", "{ host: A.Example. }")).isEqualTo(2);
    }

    @Test
    void theMessageNamesTheSharedAddress() {
        assertThat(Findings.messages(
                        topology("{ host: a.example, listen: 10.1.0.5 }", "{ host: b.example, listen: 10.1.0.5 }"),
                        Code.NW101))
                .first()
                .isEqualTo("The client port 4222 of `two` is already the client port of `one`, which listens on the"
                        + " same machine `10.1.0.5`.");
    }

    private static int clashes(String one, String two) {
        return Findings.of(topology(one, two), Code.NW101).size();
    }

    private static String topology(String one, String two) {
        return """
                cluster: { name: C, server_version: 2.12.15 }
                sites:
                  - name: a
                    servers:
                      - { <<: %s, name: one, store_dir: /data/one }
                      - { <<: %s, name: two, store_dir: /data/two }
                """.formatted(one, two);
    }
}
