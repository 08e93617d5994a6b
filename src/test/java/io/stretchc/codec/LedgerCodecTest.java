package io.stretchc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.ledger.Audit;
import io.stretchc.ledger.AuditReport;
import io.stretchc.ledger.Book;
import io.stretchc.ledger.Entry;
import io.stretchc.ledger.Header;
import io.stretchc.ledger.Kind;
import io.stretchc.ledger.LedgerFault;
import io.stretchc.ledger.Payload;
import io.stretchc.ledger.Readback;
import io.stretchc.ledger.StreamCopies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ledgers as lines, whole, cut off and spoilt. */
class LedgerCodecTest {
    private static final Header HEADER = new Header(
            "run1",
            Instant.parse("2026-01-31T12:00:00Z"),
            "acc1",
            "STRETCH",
            List.of(new Header.Stream("LOAD_R3", Kind.LOG, 3, 0, "LOAD", false)),
            List.of(new Header.Writer("w1", "us", "LOAD_R3")));

    private static final List<Entry> ENTRIES = List.of(
            new Entry.Moved(1, "us", "us_1", true),
            new Entry.Attempt(2, "w1", 1),
            new Entry.Acked(3, "w1", 1, "LOAD_R3", 7, true),
            new Entry.Attempt(4, "w1", 2),
            new Entry.TimedOut(5, "w1", 2),
            new Entry.Attempt(6, "w1", 2),
            new Entry.Refused(7, "w1", 2, "no \"stream\"\n"),
            new Entry.ConsumerAck(8, "LOAD_R3", "LOAD", 7, "w1", 1),
            new Entry.Floor(9, "LOAD_R3", "LOAD", 7),
            new Entry.Ended(10));

    private final LedgerCodec codec = new LedgerCodec();

    @Test
    void readsWhatItWrites() throws Exception {
        Book book = read(text());

        assertThat(book.header()).isEqualTo(HEADER);
        assertThat(book.ended()).isTrue();
        assertThat(book.torn()).isFalse();
        assertThat(book.moves()).containsExactly(new Entry.Moved(1, "us", "us_1", true));
        Book.Totals totals = book.totals(0);
        assertThat(List.of(totals.attempts(), totals.acks(), totals.timeouts(), totals.refusals(), totals.taken()))
                .containsExactly(3L, 1L, 1L, 1L, 1L);
        assertThat(totals.reasons()).containsOnlyKeys("no \"stream\"\n");
        assertThat(codec.line(ENTRIES.get(2)))
                .isEqualTo("{\"entry\":\"ack\",\"at\":3,\"writer\":\"w1\",\"n\":1,\"stream\":\"LOAD_R3\",\"seq\":7,"
                        + "\"duplicate\":true}");
    }

    @Test
    void readsLedgersThatDoNotNameTheirCluster() throws Exception {
        Book book = read(text().replace("\"cluster\":\"STRETCH\",", ""));

        assertThat(book.header().cluster()).isEmpty();
        assertThat(book.header().streams()).isEqualTo(HEADER.streams());
    }

    @Test
    void toleratesEveryCutOfTheLastLine() throws Exception {
        String whole = text();
        int lastLine = whole.lastIndexOf('\n', whole.length() - 2) + 1;
        for (int end = lastLine + 1; end < whole.length() - 1; end++) {
            Book book = read(whole.substring(0, end));

            assertThat(book.torn()).as("cut at %d", end).isTrue();
            assertThat(book.ended()).isFalse();
        }
        assertThat(read(whole.substring(0, lastLine)).torn()).isFalse();
        assertThat(read(whole.substring(0, lastLine)).ended()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "{}",
                "[1]",
                "",
                "{\"entry\":\"attempt\"}",
                "{\"entry\":\"dance\",\"at\":1}",
                "{\"entry\":\"attempt\",\"at\":\"x\",\"writer\":\"w1\",\"n\":1}",
                "{\"entry\":\"attempt\",\"at\":1,\"writer\":\"w1\",\"n\":99999999999}",
                "{\"entry\":\"ack\",\"at\":1,\"writer\":\"w2\",\"n\":1,\"stream\":\"LOAD_R3\",\"seq\":1}"
            })
    void saysWhichLineIsSpoilt(String line) {
        String[] lines = text().split("\n", -1);
        lines[3] = line;

        assertThatThrownBy(() -> read(String.join("\n", lines)))
                .isInstanceOf(LedgerFault.class)
                .hasMessageStartingWith("Line 4 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "no ledger", "{\"entry\":\"end\",\"at\":1}\n", "{\"entry\":\"header\"}\n"})
    void saysWhatIsNoLedger(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(LedgerFault.class);
    }

    /** A third of the entries are attempts; the whole must be read and audited in little memory. */
    @Test
    void readsAMillionEntries() throws Exception {
        int messages = 400_000;
        Book book = codec.read(new Made(messages));
        var leader = new Readback(book, "us_1");
        var other = new Readback(book, "us_2");
        for (int n = 1; n <= messages; n++) {
            String text = new Payload("run1", "w1", n).text();
            leader.add(n, text);
            other.add(n, text);
        }

        AuditReport report = Audit.of(
                book, List.of(new StreamCopies("LOAD_R3", leader, List.of(other), new TreeMap<>(), new TreeMap<>())));

        assertThat(report.verdict()).isEqualTo(AuditReport.Verdict.KEPT);
        assertThat(report.streams().get(0).counts().ok()).isEqualTo(messages);
    }

    private String text() {
        var lines = new ArrayList<String>();
        lines.add(codec.line(HEADER));
        ENTRIES.forEach(e -> lines.add(codec.line(e)));
        return String.join("\n", lines) + "\n";
    }

    private Book read(String text) throws LedgerFault, IOException {
        return codec.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A ledger that is made while it is read. */
    private final class Made extends InputStream {
        private final int messages;
        private int made;
        private byte[] line;
        private int at;

        Made(int messages) {
            this.messages = messages;
            this.line = bytes(codec.line(HEADER));
        }

        @Override
        public int read() {
            if (at == line.length) {
                if (made == messages) {
                    return -1;
                }
                made++;
                line = bytes(codec.line(new Entry.Attempt(made * 10L, "w1", made)) + "\n"
                        + codec.line(new Entry.Acked(made * 10L + 1, "w1", made, "LOAD_R3", made, false)) + "\n"
                        + codec.line(new Entry.ConsumerAck(made * 10L + 2, "LOAD_R3", "LOAD", made, "w1", made)));
                at = 0;
            }
            return line[at++];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int c = read();
            if (c < 0) {
                return -1;
            }
            bytes[offset] = (byte) c;
            int n = Math.min(length - 1, line.length - at);
            System.arraycopy(line, at, bytes, offset + 1, n);
            at += n;
            return n + 1;
        }

        private byte[] bytes(String text) {
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        }
    }
}
