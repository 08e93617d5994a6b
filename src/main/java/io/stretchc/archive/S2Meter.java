package io.stretchc.archive;

/**
 * Counts what an S2 stream unpacks to while it goes by in pieces of any size, from the heads of its chunks alone: what is
 * left of a backup is told by that, since only the unpacked size of a stream is known before. What is no S2 counts as it is.
 */
public final class S2Meter {
    private static final int COMPRESSED = 0x00;
    private static final int PLAIN = 0x01;
    private static final int HEAD = 4;
    private static final int SUM = 4;
    private static final int MOST_VARINT = 5;

    private final byte[] head = new byte[HEAD + SUM + MOST_VARINT];
    private int have;
    private long left;
    private long counted;

    /** What went by, unpacked. */
    public long counted() {
        return counted;
    }

    /** More of it. */
    public void more(byte[] piece) {
        int at = 0;
        while (at < piece.length) {
            if (left > 0) {
                int n = (int) Math.min(left, piece.length - at);
                at += n;
                left -= n;
            } else {
                head[have++] = piece[at++];
                begun();
            }
        }
    }

    private void begun() {
        if (have < HEAD) {
            return;
        }
        int length = (head[1] & 0xff) | ((head[2] & 0xff) << 8) | ((head[3] & 0xff) << 16);
        if (head[0] == PLAIN) {
            counted += Math.max(0, length - SUM);
            pass(length);
        } else if (head[0] != COMPRESSED || length <= SUM) {
            pass(length);
        } else if (have > HEAD + SUM && (head[have - 1] >= 0 || have == head.length)) {
            long size = 0;
            for (int i = HEAD + SUM; i < have; i++) {
                size |= (long) (head[i] & 0x7f) << (7 * (i - HEAD - SUM));
            }
            counted += size;
            pass(length);
        }
    }

    private void pass(int length) {
        left = Math.max(0, length - (have - HEAD));
        have = 0;
    }
}
