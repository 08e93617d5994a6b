package io.stretchc.ledger;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What one server's copy of a stream gave, message by message in the order of their sequences. */
public final class Readback {
    /** Index of the writer of messages that are not of this run. */
    static final int FOREIGN = -1;

    /** Index of a writer that the header of this run does not name. */
    static final int STRANGER = -2;

    private static final String NOBODY = "nobody";

    private final Book book;
    private final String server;
    private int size;
    private long[] sequences = new long[64];
    private int[] writers = new int[64];
    private long[] counters = new long[64];
    private final Map<String, Long> others = new HashMap<>();

    /** An empty one. */
    public Readback(Book book, String server) {
        this.book = book;
        this.server = server;
    }

    /** What is left of a stream that is not there any more: nothing, and at nobody. */
    public static Readback gone(Book book) {
        return new Readback(book, NOBODY);
    }

    /** Whether the stream is not there, and not only empty. */
    boolean isGone() {
        return server.equals(NOBODY);
    }

    /** The server that was read. */
    public String server() {
        return server;
    }

    /** How many messages. */
    public int size() {
        return size;
    }

    /** Adds a message of which only the payload matters, with a higher sequence than the last. */
    public void add(long sequence, String text) {
        add(sequence, "", text);
    }

    /**
     * Adds a message with a higher sequence than the last.
     *
     * @param text its payload
     */
    public void add(long sequence, String subject, String text) {
        if (size == sequences.length) {
            sequences = Arrays.copyOf(sequences, size * 2);
            writers = Arrays.copyOf(writers, size * 2);
            counters = Arrays.copyOf(counters, size * 2);
        }
        Payload payload = Payload.parse(text)
                .filter(p -> p.run().equals(book.header().run()))
                .orElse(null);
        int writer = payload == null ? FOREIGN : book.writer(payload.writer());
        sequences[size] = sequence;
        writers[size] = payload != null && writer < 0 ? STRANGER : writer;
        counters[size] = payload == null ? text.hashCode() : payload.counter();
        size++;
        if (payload == null) {
            other(subject, sequence);
        }
    }

    /** Remembers by which keys of this run's writers somebody else has stored a value. */
    private void other(String subject, long sequence) {
        for (String token : subject.split("\\.", -1)) {
            int dash = token.lastIndexOf('-');
            if (dash > 0 && book.writer(token.substring(0, dash)) >= 0) {
                others.merge(token, sequence, Math::max);
            }
        }
    }

    /** The highest sequence at which somebody else stored a value of a key; 0 for none. */
    long others(String key) {
        return others.getOrDefault(key, 0L);
    }

    /** Sequence of the last message; 0 when there is none. */
    public long last() {
        return size == 0 ? 0 : sequences[size - 1];
    }

    long sequence(int i) {
        return sequences[i];
    }

    int writer(int i) {
        return writers[i];
    }

    long counter(int i) {
        return counters[i];
    }

    boolean same(int i, Readback other, int j) {
        return writers[i] == other.writers[j] && counters[i] == other.counters[j];
    }

    /** Which message it is, in words. */
    String identity(int i) {
        if (writers[i] == FOREIGN) {
            return "a message of somebody else";
        }
        String writer = writers[i] == STRANGER
                ? "a stranger"
                : book.header().writers().get(writers[i]).id();
        return writer + ":" + counters[i];
    }
}
