package io.stretchc.load;

import io.stretchc.ledger.Entry;
import io.stretchc.ledger.Header;
import io.stretchc.ledger.Kind;
import io.stretchc.ledger.Payload;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Sends the messages of one writer. A message without an ack is sent again, with the same {@code Nats-Msg-Id} and a longer
 * pause each time; only so many are open at once, so that a stream without a leader is not flooded. Of a key there is only
 * one, so that a repeated older value never replaces a newer one.
 */
final class Writer {
    private static final int MOST_OPEN = 64;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(800);

    private final Header.Writer name;
    private final LoadPlan plan;
    private final Wire.Found found;
    private final Kind kind;
    private final int keys;
    private final long giveUp;
    private final Wire.Line line;
    private final Journal journal;
    private final LongSupplier clock;
    private final ScheduledExecutorService executor;
    private final BitSet busyKeys = new BitSet();
    private long counter;
    private int open;
    private boolean finishing;
    private boolean closing;

    Writer(
            Header.Writer name,
            LoadPlan plan,
            Wire.Found found,
            Header.Stream stream,
            Wire.Line line,
            Journal journal,
            LongSupplier clock,
            ScheduledExecutorService executor) {
        this.name = name;
        this.plan = plan;
        this.found = found;
        this.kind = stream.kind();
        this.keys = stream.keys();
        this.giveUp = Math.min(plan.giveUp().toNanos(), found.window().toNanos() / 2);
        this.line = line;
        this.journal = journal;
        this.clock = clock;
        this.executor = executor;
    }

    /** Sends the next message, unless too many are open. */
    void next() {
        long n;
        synchronized (this) {
            if (finishing || open == MOST_OPEN || (kind == Kind.LATEST && busyKeys.get(key(counter + 1)))) {
                return;
            }
            n = ++counter;
            open++;
            if (kind == Kind.LATEST) {
                busyKeys.set(key(n));
            }
            journal.add(new Entry.Attempt(clock.getAsLong(), name.id(), n)); // in the order of the counters
        }
        send(n, clock.getAsLong(), FIRST_PAUSE);
    }

    /** Messages whose fate is not known yet. */
    synchronized int open() {
        return open;
    }

    /** Begins no new message. */
    synchronized void finish() {
        finishing = true;
    }

    /** Sends nothing any more. */
    synchronized void close() {
        finishing = true;
        closing = true;
    }

    private int key(long n) {
        return (int) (n % Math.max(1, keys));
    }

    private void send(long n, long first, Duration pause) {
        var payload = new Payload(plan.run(), name.id(), n);
        String token = kind == Kind.LATEST ? payload.key(Math.max(1, keys)) : name.id();
        line.send(name.stream(), found.subject(token), payload.messageId(), payload.text(), plan.patience())
                .whenComplete((answer, fault) -> heard(n, first, pause, answer == null ? new Answer.Silent() : answer));
    }

    private void heard(long n, long first, Duration pause, Answer answer) {
        long now = clock.getAsLong();
        if (answer instanceof Answer.Stored stored) {
            if (stored.stream().equals(name.stream())) {
                journal.add(new Entry.Acked(now, name.id(), n, stored.stream(), stored.sequence(), stored.duplicate()));
            } else {
                journal.add(new Entry.Refused(now, name.id(), n, "another stream took it: " + stored.stream()));
            }
            done(n);
            return;
        }
        journal.add(
                answer instanceof Answer.Refused refused
                        ? new Entry.Refused(now, name.id(), n, refused.reason())
                        : new Entry.TimedOut(now, name.id(), n));
        if (now - first > giveUp || !again(n, first, pause)) {
            done(n);
        }
    }

    private synchronized boolean again(long n, long first, Duration pause) {
        if (closing) {
            return false;
        }
        Duration longer = pause.multipliedBy(2);
        var unused = executor.schedule(
                () -> repeat(n, first, longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
        return true;
    }

    private void repeat(long n, long first, Duration pause) {
        synchronized (this) {
            if (closing) {
                done(n);
                return;
            }
            journal.add(new Entry.Attempt(clock.getAsLong(), name.id(), n));
        }
        send(n, first, pause);
    }

    private synchronized void done(long n) {
        open--;
        if (kind == Kind.LATEST) {
            busyKeys.clear(key(n));
        }
    }
}
