package io.stretchc.ledger;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which messages of a stream were read, and where. */
final class Sightings {
    private static final int MOST_STRANGERS = 100_000;

    private final Book book;
    private final int stream;
    private final int keys;
    private final List<long[]> first = new ArrayList<>();
    private final List<BitSet> twice = new ArrayList<>();
    private final List<long[]> lastCounter = new ArrayList<>();
    private final List<long[]> lastSequence = new ArrayList<>();
    private @Nullable Readback copy;
    private final SortedMap<String, TreeSet<Long>> strangers = new TreeMap<>();
    private long foreign;
    private long beyond;

    Sightings(Book book, int stream) {
        this.book = book;
        this.stream = stream;
        this.keys = Math.max(1, book.header().streams().get(stream).keys());
        for (Track track : book.tracks()) {
            boolean here = track.stream() == stream;
            first.add(new long[here ? track.size() + 1 : 0]);
            twice.add(new BitSet());
            lastCounter.add(new long[here ? keys : 0]);
            lastSequence.add(new long[here ? keys : 0]);
        }
    }

    void read(Readback copy) {
        this.copy = copy;
        for (int i = 0; i < copy.size(); i++) {
            int writer = copy.writer(i);
            long counter = copy.counter(i);
            if (writer == Readback.FOREIGN) {
                foreign++;
            } else if (writer == Readback.STRANGER || book.tracks().get(writer).stream() != stream) {
                strange(copy, i);
            } else if (counter > book.tracks().get(writer).size()) {
                if (book.ended()) {
                    strange(copy, i);
                } else {
                    beyond++;
                    value(writer, counter, copy.sequence(i));
                }
            } else {
                sight(writer, (int) counter, copy.sequence(i));
            }
        }
    }

    private void sight(int writer, int counter, long sequence) {
        long[] seen = first.get(writer);
        if (seen[counter] == 0) {
            seen[counter] = sequence;
        } else if (seen[counter] != sequence) {
            twice.get(writer).set(counter);
        }
        value(writer, counter, sequence);
    }

    private void value(int writer, long counter, long sequence) {
        int key = (int) (counter % keys);
        lastCounter.get(writer)[key] = Math.max(lastCounter.get(writer)[key], counter);
        lastSequence.get(writer)[key] = Math.max(lastSequence.get(writer)[key], sequence);
    }

    private void strange(Readback copy, int i) {
        String writer = copy.writer(i) == Readback.STRANGER
                ? "stranger"
                : book.header().writers().get(copy.writer(i)).id();
        TreeSet<Long> counters = strangers.computeIfAbsent(writer, w -> new TreeSet<>());
        if (counters.size() < MOST_STRANGERS) {
            counters.add(copy.counter(i));
        }
    }

    /** At which sequence a message was first read; 0 when it was not. */
    long sequence(int writer, int counter) {
        return first.get(writer)[counter];
    }

    /** Whether it was read at two sequences. */
    boolean twice(int writer, int counter) {
        return twice.get(writer).get(counter);
    }

    /**
     * Whether the key of a message has a newer value: one that was sent later, maybe after the ledger was cut off, or one
     * that was stored later, since it was sent again or is of somebody else, such as another load.
     *
     * @param sequence at which the message was stored
     */
    boolean overwritten(int writer, int counter, long sequence) {
        int key = counter % keys;
        String name = new Payload(book.header().run(), book.tracks().get(writer).writer(), counter).key(keys);
        return lastCounter.get(writer)[key] > counter
                || lastSequence.get(writer)[key] > sequence
                || (copy != null && copy.others(name) > sequence);
    }

    Intervals unexpected() {
        var intervals = new Intervals();
        strangers.forEach((writer, counters) -> counters.forEach(c -> intervals.add(writer, c)));
        return intervals;
    }

    /** Messages that are not of this run. */
    long foreign() {
        return foreign;
    }

    /** Messages that were sent after the ledger was cut off. */
    long beyond() {
        return beyond;
    }
}
