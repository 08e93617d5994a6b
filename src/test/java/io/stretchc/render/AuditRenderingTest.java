package io.stretchc.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.ledger.Audit;
import io.stretchc.ledger.AuditReport;
import io.stretchc.ledger.Book;
import io.stretchc.ledger.Entry;
import io.stretchc.ledger.Header;
import io.stretchc.ledger.Kind;
import io.stretchc.ledger.Payload;
import io.stretchc.ledger.Readback;
import io.stretchc.ledger.StreamCopies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An audit as people and as machines read it. */
class AuditRenderingTest {
    @Test
    void saysWhatIsLostAndWhoContradictsWhom() throws Exception {
        assertThat(AuditText.of(report())).isEqualTo("""
                4 acknowledged messages are lost; a promise was broken.

                stream       sent     acked      read   lost  twice recovered  unknown  refusals no ack for
                LOAD_R3         7         6         3      4      0         1        0         0     1.00 s

                LOAD_R3 (emea_1: 6; us_1, leader: 3)
                  lost, prefix: 3 messages: w1:1-3
                  lost, middle: 1 message: w1:5
                  RPO: 4 messages, 4.1 s (from the sending of the first lost to the ack of the last)
                  `emea_1` still has 4 of the lost messages
                  `emea_1` has diverged from the leader `us_1` at 6 sequences; the first is 1: the leader has w1:4, it has w1:1
                  the ack floor of `LOAD` went back from 6 to 3
                  not read: `us_2`: offline

                At 0.0 s the writers of `us` went to `emea_1` of another site
                """);
    }

    @Test
    void saysWhichPromiseWasBroken() throws Exception {
        var header = new Header(
                "run1",
                Instant.parse("2026-01-31T12:00:00Z"),
                "acc1",
                List.of(new Header.Stream("LOAD_R3", Kind.LOG, 3, 0, "LOAD", false)),
                List.of(new Header.Writer("w1", "us", "LOAD_R3")));
        var book = new Book(header);
        for (int n = 1; n <= 2; n++) {
            book.add(new Entry.Attempt(n, "w1", n));
            book.add(new Entry.Refused(n, "w1", n, "nobody listens (503)"));
            book.add(new Entry.Attempt(n, "w1", n));
            book.add(new Entry.Acked(n, "w1", n, "LOAD_R3", n, false));
        }
        book.add(new Entry.Floor(3, "LOAD_R3", "LOAD", 2));
        book.add(new Entry.Ended(4));

        assertThat(AuditText.of(report(book, copy(book, "us_1", 1, 2, 2, 9), copy(book, "us_2", 2, 1), 1)))
                .startsWith("0 acknowledged messages are lost, but a promise was broken: 1 message stored twice,"
                        + " 1 replica differs from its leader, 1 ack floor went back,"
                        + " 1 message that the ledger never sent.\n")
                .contains("LOAD_R3         2         2         2      0      1         0        0         2");
        assertThat(AuditText.of(report(book, copy(book, "us_1"), copy(book, "us_2"), 2)))
                .startsWith("Nothing of the load `run1` is here, in none of its streams: perhaps this is another"
                        + " cluster or account.\n2 acknowledged messages are lost; a promise was broken.\n");
    }

    private static AuditReport report(Book book, Readback leader, Readback other, long floor) {
        return Audit.of(
                book,
                List.of(new StreamCopies(
                        "LOAD_R3", leader, List.of(other), new TreeMap<>(), new TreeMap<>(Map.of("LOAD", floor)))));
    }

    @Test
    void tellsMachinesTheSame() throws Exception {
        String text = AuditView.json(report());
        JsonNode json = new ObjectMapper().readTree(text);

        assertThat(text).endsWith("}\n").isEqualTo(AuditView.json(report()));
        assertThat(json.path("verdict").asText()).isEqualTo("broken");
        JsonNode stream = json.path("streams").get(0);
        assertThat(stream.path("lost").toString())
                .isEqualTo("{\"messages\":4,\"prefix\":{\"messages\":3,\"intervals\":[\"w1:1-3\"]},"
                        + "\"middle\":{\"messages\":1,\"intervals\":[\"w1:5\"]},"
                        + "\"postfix\":{\"messages\":0,\"intervals\":[]},"
                        + "\"held_by\":{\"emea_1\":4},\"rpo_seconds\":4.1}");
        assertThat(stream.path("diverged").get(0).path("first_sequence").asLong())
                .isEqualTo(1);
        assertThat(stream.path("ack_floors_back").get(0).path("lasting").asBoolean())
                .isTrue();
        assertThat(stream.path("unread").path("us_2").asText()).isEqualTo("offline");
    }

    private static AuditReport report() throws Exception {
        var header = new Header(
                "run1",
                Instant.parse("2026-01-31T12:00:00Z"),
                "acc1",
                List.of(new Header.Stream("LOAD_R3", Kind.LOG, 3, 0, "LOAD", false)),
                List.of(new Header.Writer("w1", "us", "LOAD_R3")));
        var book = new Book(header);
        book.add(new Entry.Moved(1, "us", "emea_1", false));
        long second = 1_000_000_000;
        for (int n = 1; n <= 6; n++) {
            book.add(new Entry.Attempt(n * second, "w1", n));
            book.add(new Entry.Acked(n * second + second / 10, "w1", n, "LOAD_R3", n, false));
        }
        book.add(new Entry.Attempt(7 * second, "w1", 7));
        book.add(new Entry.TimedOut(9 * second, "w1", 7));
        book.add(new Entry.Floor(9 * second, "LOAD_R3", "LOAD", 6));
        book.add(new Entry.Ended(9 * second));
        return Audit.of(
                book,
                List.of(new StreamCopies(
                        "LOAD_R3",
                        copy(book, "us_1", 4, 6, 7),
                        List.of(copy(book, "emea_1", 1, 2, 3, 4, 5, 6)),
                        new TreeMap<>(Map.of("us_2", "offline")),
                        new TreeMap<>(Map.of("LOAD", 3L)))));
    }

    private static Readback copy(Book book, String server, int... messages) {
        var copy = new Readback(book, server);
        for (int i = 0; i < messages.length; i++) {
            copy.add(i + 1L, new Payload("run1", "w1", messages[i]).text());
        }
        return copy;
    }
}
