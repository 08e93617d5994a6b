package io.stretchc.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A made-up run with one stream and two writers, a message every ten milliseconds, each acknowledged a millisecond later. */
final class Ledgers {
    static final long MILLI = 1_000_000;
    static final String STREAM = "LOAD_R3";

    final Book book;
    final List<Long> order = new ArrayList<>();
    private long clock;
    private long sequence;

    Ledgers(Kind kind) throws LedgerFault {
        this(kind, false);
    }

    Ledgers(Kind kind, boolean limited) throws LedgerFault {
        book = new Book(header(kind, limited));
    }

    private static Header header(Kind kind, boolean limited) {
        return new Header(
                "run1",
                Instant.parse("2026-01-31T12:00:00Z"),
                "acc1",
                "STRETCH",
                List.of(new Header.Stream(STREAM, kind, 3, kind == Kind.LATEST ? 4 : 0, "LOAD", limited)),
                List.of(new Header.Writer("w1", "us", STREAM), new Header.Writer("w2", "emea", STREAM)));
    }

    /** Sends messages of a writer that are all acknowledged. */
    Ledgers acked(String writer, int from, int to) throws LedgerFault {
        for (int n = from; n <= to; n++) {
            attempt(writer, n);
            ack(writer, n);
        }
        return this;
    }

    Ledgers attempt(String writer, int n) throws LedgerFault {
        clock += 9 * MILLI;
        book.add(new Entry.Attempt(clock, writer, n));
        return this;
    }

    Ledgers ack(String writer, int n) throws LedgerFault {
        clock += MILLI;
        book.add(new Entry.Acked(clock, writer, n, STREAM, ++sequence, false));
        return this;
    }

    Ledgers timeout(String writer, int n) throws LedgerFault {
        book.add(new Entry.TimedOut(clock, writer, n));
        return this;
    }

    Ledgers pause(long millis) {
        clock += millis * MILLI;
        return this;
    }

    Ledgers end() throws LedgerFault {
        book.add(new Entry.Ended(clock));
        return this;
    }

    long clock() {
        return clock;
    }

    Readback copy(String server, String... messages) {
        return copy(server, 1, messages);
    }

    /** A copy of messages such as {@code w1:7} or {@code w1:1-9}, with sequences from one on. */
    Readback copy(String server, long first, String... messages) {
        var copy = new Readback(book, server);
        long seq = first;
        for (String m : messages) {
            String[] parts = m.split("[:-]", -1);
            int to = Integer.parseInt(parts[parts.length - 1]);
            for (int n = Integer.parseInt(parts[1]); n <= to; n++) {
                copy.add(seq++, new Payload("run1", parts[0], n).text());
            }
        }
        return copy;
    }

    StreamAudit audit(@Nullable Readback leader, Readback... others) {
        return audit(leader, Map.of(), others);
    }

    StreamAudit audit(@Nullable Readback leader, Map<String, Long> floors, Readback... others) {
        return report(leader, floors, others).streams().get(0);
    }

    AuditReport report(@Nullable Readback leader, Map<String, Long> floors, Readback... others) {
        return Audit.of(
                book,
                List.of(new StreamCopies(STREAM, leader, List.of(others), new TreeMap<>(), new TreeMap<>(floors))));
    }
}
