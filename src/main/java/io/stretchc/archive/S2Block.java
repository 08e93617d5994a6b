package io.stretchc.archive;

/**
 * Decodes one block of S2, which is Snappy with two additions: blocks of up to 4 MiB, and a copy of offset 0, which repeats
 * the offset of the copy before, with lengths of its own. Written down here because no library for Java reads it.
 */
final class S2Block {
    private static final int LITERAL = 0;
    private static final int COPY_1 = 1;
    private static final int COPY_2 = 2;

    private final byte[] in;
    private final int end;
    private int at;

    private S2Block(byte[] in, int at, int end) {
        this.in = in;
        this.at = at;
        this.end = end;
    }

    /**
     * Decodes.
     *
     * @param out large enough for the largest block
     * @return bytes that were put into {@code out}
     */
    static int decode(byte[] in, int begin, int end, byte[] out) throws DamagedArchive {
        return new S2Block(in, begin, end).into(out);
    }

    /** What it says that it unpacks to, bytes. */
    static long length(byte[] in, int begin, int end) throws DamagedArchive {
        return new S2Block(in, begin, end).length();
    }

    private long length() throws DamagedArchive {
        long length = 0;
        int shift = 0;
        int b;
        do {
            b = next();
            length |= (long) (b & 0x7f) << shift;
            shift += 7;
        } while (b >= 0x80 && shift < 35);
        return length;
    }

    private int into(byte[] out) throws DamagedArchive {
        long length = length();
        if (length > out.length) {
            throw bad();
        }
        int wanted = (int) length;
        int made = 0;
        int offset = 0;
        while (at < end) {
            int tag = next();
            int kind = tag & 3;
            int run;
            if (kind == LITERAL) {
                run = literal(tag >> 2);
                if (run < 0 || run > end - at || run > wanted - made) {
                    throw bad();
                }
                System.arraycopy(in, at, out, made, run);
                at += run;
                made += run;
                continue;
            }
            if (kind == COPY_1) {
                int near = ((tag & 0xe0) << 3) | next();
                run = (tag >> 2) & 7;
                if (near == 0) {
                    run = repeated(run);
                } else {
                    offset = near;
                }
                run += 4;
            } else {
                run = 1 + (tag >> 2);
                offset = little(kind == COPY_2 ? 2 : 4);
            }
            if (offset <= 0 || offset > made || run > wanted - made) {
                throw bad();
            }
            copy(out, made, offset, run);
            made += run;
        }
        if (made != wanted) {
            throw bad();
        }
        return made;
    }

    private int literal(int code) throws DamagedArchive {
        return code < 60 ? code + 1 : little(code - 59) + 1;
    }

    private int repeated(int code) throws DamagedArchive {
        return switch (code) {
            case 5 -> little(1) + 4;
            case 6 -> little(2) + (1 << 8);
            case 7 -> little(3) + (1 << 16);
            default -> code;
        };
    }

    /** What was copied just now may be copied on: byte by byte where the two overlap. */
    private static void copy(byte[] out, int to, int offset, int run) {
        if (run <= offset) {
            System.arraycopy(out, to - offset, out, to, run);
            return;
        }
        for (int i = to; i < to + run; i++) {
            out[i] = out[i - offset];
        }
    }

    private int little(int bytes) throws DamagedArchive {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= next() << (8 * i);
        }
        return value;
    }

    private int next() throws DamagedArchive {
        if (at >= end) {
            throw bad();
        }
        return in[at++] & 0xff;
    }

    private static DamagedArchive bad() {
        return new DamagedArchive("holds a block that cannot be unpacked");
    }
}
