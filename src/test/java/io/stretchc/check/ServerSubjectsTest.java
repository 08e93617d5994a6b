package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import java.util.List;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/** Streams over subjects of the server itself: events yes, the API only without acknowledgements. */
class ServerSubjectsTest {
    @Test
    void eventsOfJetStreamAndOfAccountsCanBeStored() {
        refused("$JS.EVENT.ADVISORY.>", "").isEmpty();
        refused("$SYS.ACCOUNT.*.CONNECT", "").isEmpty();
        refused("orders.*", "").isEmpty();
        refused("*", "").isEmpty();
    }

    @Test
    void whatMeetsTheApiNeedsAStreamThatAcknowledgesNothing() {
        for (String subject : List.of("$JS.API.>", "$JS.>", "$SYS.REQ.>", "$NRG.x", "*.orders", ">")) {
            refused(subject, "").hasSize(1);
            refused(subject, ", no_ack: true").isEmpty();
        }
    }

    @Test
    void allSubjectsTakeOneReplica() {
        refused(">", ", no_ack: true, replicas: 3")
                .containsExactly("The stream `S` takes in all subjects with 3 replicas; nats-server allows it one.");
    }

    private static ListAssert<String> refused(String subject, String more) {
        return assertThat(Findings.messages("""
                cluster: { name: C, server_version: 2.12.15 }
                streams: [{ name: S, account: APP, subjects: ["%s"]%s }]
                """.formatted(subject, more), Code.ST102));
    }
}
