package io.stretchc.load;

import io.stretchc.ledger.Entry;
import io.stretchc.ledger.Payload;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Takes messages of a stream through its durable consumer and acknowledges each, until it is told to stop and none is left. */
final class Drinker implements Runnable {
    private static final int BATCH = 200;
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final long FLOOR_EVERY = 1_000_000_000;
    private static final int DRY = 3;

    private final String stream;
    private final String consumer;
    private final String run;
    private final Wire.Tap tap;
    private final Journal journal;
    private final LongSupplier clock;
    private final AtomicBoolean finishing = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();

    Drinker(String run, String stream, String consumer, Wire.Tap tap, Journal journal, LongSupplier clock) {
        this.run = run;
        this.stream = stream;
        this.consumer = consumer;
        this.tap = tap;
        this.journal = journal;
        this.clock = clock;
    }

    /** Take what is left, then end. */
    void finish() {
        finishing.set(true);
    }

    /** End, whatever is left. */
    void stop() {
        stopped.set(true);
    }

    @Override
    public void run() {
        long asked = clock.getAsLong();
        int dry = 0;
        while (!stopped.get() && (dry < DRY || !finishing.get())) {
            List<Wire.Taken> messages = tap.take(BATCH, WAIT);
            for (Wire.Taken message : messages) {
                take(message);
            }
            dry = messages.isEmpty() && finishing.get() ? dry + 1 : 0;
            if (clock.getAsLong() - asked > FLOOR_EVERY || dry == DRY) {
                floor();
                asked = clock.getAsLong();
            }
        }
    }

    /** A message that another load left behind has no writer here, whose counters would be mistaken for our own. */
    private void take(Wire.Taken message) {
        var payload = Payload.parse(message.text()).filter(p -> p.run().equals(run));
        journal.add(new Entry.ConsumerAck(
                clock.getAsLong(),
                stream,
                consumer,
                message.sequence(),
                payload.map(Payload::writer).orElse(""),
                payload.map(Payload::counter).orElse(0L)));
        tap.acknowledge(message);
    }

    private void floor() {
        OptionalLong floor = tap.floor();
        if (floor.isPresent()) {
            journal.add(new Entry.Floor(clock.getAsLong(), stream, consumer, floor.getAsLong()));
        }
    }
}
