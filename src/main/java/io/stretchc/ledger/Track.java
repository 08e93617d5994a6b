package io.stretchc.ledger;

import java.util.Arrays;
import java.util.BitSet;

/** What one writer sent and heard, by counter from 1 on, in arrays: a million messages take some 40 MB. */
final class Track {
    private static final long NEVER = Long.MIN_VALUE;

    private final String writer;
    private final int stream;
    private int size;
    private byte[] sends = new byte[64];
    private byte[] refusals = new byte[64];
    private long[] sent = new long[64];
    private long[] acked = new long[64];
    private long[] sequence = new long[64];
    private long[] taken = new long[64];
    private final BitSet twice = new BitSet();

    Track(String writer, int stream) {
        this.writer = writer;
        this.stream = stream;
    }

    String writer() {
        return writer;
    }

    /** Index of its stream. */
    int stream() {
        return stream;
    }

    /** The highest counter. */
    int size() {
        return size;
    }

    void attempt(long counter, long at) throws LedgerFault {
        if (counter == size + 1L) {
            grow();
            size++;
            sent[size] = at;
            acked[size] = NEVER;
        }
        int n = known(counter);
        sends[n] = more(sends[n]);
    }

    void ack(long counter, long at, long seq) throws LedgerFault {
        int n = known(counter);
        if (acked[n] == NEVER) {
            acked[n] = at;
            sequence[n] = seq;
        }
    }

    void refuse(long counter) throws LedgerFault {
        int n = known(counter);
        refusals[n] = more(refusals[n]);
    }

    void check(long counter) throws LedgerFault {
        known(counter);
    }

    /** A consumer took it; nothing when the ledger does not know it. */
    boolean take(long counter, long seq) {
        if (counter < 1 || counter > size) {
            return false;
        }
        int n = (int) counter;
        if (taken[n] == 0) {
            taken[n] = seq;
        } else if (taken[n] != seq) {
            twice.set(n);
        }
        return true;
    }

    boolean acked(int n) {
        return acked[n] != NEVER;
    }

    long ackedAt(int n) {
        return acked[n];
    }

    long sentAt(int n) {
        return sent[n];
    }

    /** Where its stream said that it was stored. */
    long sequence(int n) {
        return sequence[n];
    }

    /** At which sequence a consumer first got it; 0 when none did. */
    long takenAt(int n) {
        return taken[n];
    }

    /** Whether consumers got it at two sequences. */
    boolean takenTwice(int n) {
        return twice.get(n);
    }

    /** Whether every attempt was refused, so that it cannot be stored. */
    boolean refused(int n) {
        return sends[n] == refusals[n] && sends[n] < Byte.MAX_VALUE;
    }

    private int known(long counter) throws LedgerFault {
        if (counter < 1 || counter > size) {
            throw new LedgerFault("writer " + writer + " has no message " + counter + " yet, its last is " + size);
        }
        return (int) counter;
    }

    private void grow() {
        if (size + 1 == sends.length) {
            int longer = sends.length * 2;
            sends = Arrays.copyOf(sends, longer);
            refusals = Arrays.copyOf(refusals, longer);
            sent = Arrays.copyOf(sent, longer);
            acked = Arrays.copyOf(acked, longer);
            sequence = Arrays.copyOf(sequence, longer);
            taken = Arrays.copyOf(taken, longer);
        }
    }

    private static byte more(byte count) {
        return count == Byte.MAX_VALUE ? count : (byte) (count + 1);
    }
}
