package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stretchc.ledger.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The entries of a ledger as the fields of one object each. */
final class LedgerLine implements Entry.Visitor<Boolean> {
    private final JsonGenerator g;

    LedgerLine(JsonGenerator g) {
        this.g = g;
    }

    /** Reads one. */
    static Entry read(Fields f) throws Misfit {
        String kind = f.text("entry");
        long at = f.number("at");
        return switch (kind) {
            case "attempt" -> new Entry.Attempt(at, f.text("writer"), f.number("n"));
            case "ack" ->
                new Entry.Acked(
                        at,
                        f.text("writer"),
                        f.number("n"),
                        f.text("stream"),
                        f.number("seq"),
                        f.has("duplicate") && f.truth("duplicate"));
            case "timeout" -> new Entry.TimedOut(at, f.text("writer"), f.number("n"));
            case "refused" -> new Entry.Refused(at, f.text("writer"), f.number("n"), f.text("reason"));
            case "taken" ->
                new Entry.ConsumerAck(
                        at, f.text("stream"), f.text("consumer"), f.number("seq"), f.text("writer"), f.number("n"));
            case "floor" -> new Entry.Floor(at, f.text("stream"), f.text("consumer"), f.number("seq"));
            case "moved" -> new Entry.Moved(at, f.text("site"), f.text("server"), f.truth("home"));
            case "end" -> new Entry.Ended(at);
            default -> throw f.misfit("entry", "attempt, ack, timeout, refused, taken, floor, moved or end");
        };
    }

    @Override
    public Boolean attempt(Entry.Attempt e) {
        return write("attempt", e.at(), () -> message(e.writer(), e.counter()));
    }

    @Override
    public Boolean acked(Entry.Acked e) {
        return write("ack", e.at(), () -> {
            message(e.writer(), e.counter());
            g.writeStringField("stream", e.stream());
            g.writeNumberField("seq", e.sequence());
            if (e.duplicate()) {
                g.writeBooleanField("duplicate", true);
            }
        });
    }

    @Override
    public Boolean timedOut(Entry.TimedOut e) {
        return write("timeout", e.at(), () -> message(e.writer(), e.counter()));
    }

    @Override
    public Boolean refused(Entry.Refused e) {
        return write("refused", e.at(), () -> {
            message(e.writer(), e.counter());
            g.writeStringField("reason", e.reason());
        });
    }

    @Override
    public Boolean consumerAck(Entry.ConsumerAck e) {
        return write("taken", e.at(), () -> {
            message(e.writer(), e.counter());
            consumer(e.stream(), e.consumer(), e.sequence());
        });
    }

    @Override
    public Boolean floor(Entry.Floor e) {
        return write("floor", e.at(), () -> consumer(e.stream(), e.consumer(), e.sequence()));
    }

    @Override
    public Boolean moved(Entry.Moved e) {
        return write("moved", e.at(), () -> {
            g.writeStringField("site", e.site());
            g.writeStringField("server", e.server());
            g.writeBooleanField("home", e.home());
        });
    }

    @Override
    public Boolean ended(Entry.Ended e) {
        return write("end", e.at(), () -> {});
    }

    private void message(String writer, long counter) throws IOException {
        g.writeStringField("writer", writer);
        g.writeNumberField("n", counter);
    }

    private void consumer(String stream, String consumer, long sequence) throws IOException {
        g.writeStringField("stream", stream);
        g.writeStringField("consumer", consumer);
        g.writeNumberField("seq", sequence);
    }

    private interface Rest {
        void write() throws IOException;
    }

    private boolean write(String kind, long at, Rest rest) {
        try {
            g.writeStringField("entry", kind);
            g.writeNumberField("at", at);
            rest.write();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written anywhere", e);
        }
    }
}
