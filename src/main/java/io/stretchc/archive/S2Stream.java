package io.stretchc.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * What an S2 stream holds, unpacked chunk by chunk: each against its CRC-32C, so that no changed byte goes through. The
 * framing is that of Snappy, with a name of its own and blocks of up to 4 MiB; the memory is that of two blocks.
 */
final class S2Stream {
    private static final int USUAL = 1 << 12;
    private static final int LARGEST = 4 << 20;
    /** A block that does not shrink has a few bytes more. */
    private static final int LARGEST_CHUNK = LARGEST + LARGEST / 6 + 64;

    private static final int COMPRESSED = 0x00;
    private static final int PLAIN = 0x01;
    private static final int NAME = 0xff;
    private static final int FIRST_SKIPPABLE = 0x80;
    private static final byte[][] NAMES = {
        {'S', '2', 's', 'T', 'w', 'O'}, {'s', 'N', 'a', 'P', 'p', 'Y'},
    };

    private final InputStream in;
    private final LongConsumer unpacked;
    private byte[] chunk = new byte[USUAL];
    private byte[] block = new byte[USUAL];
    private final byte[] header = new byte[4];
    private final CRC32C crc = new CRC32C();
    private boolean named;
    private int at;
    private int end;

    S2Stream(InputStream in) {
        this(in, bytes -> {});
    }

    /**
     * A stream.
     *
     * @param unpacked hears of every chunk, how many bytes were in it
     */
    S2Stream(InputStream in, LongConsumer unpacked) {
        this.in = in;
        this.unpacked = unpacked;
    }

    /** The next bytes; -1 at the end, which is only where a chunk ends. */
    int read(byte[] to, int offset, int length) throws IOException, DamagedArchive {
        while (at == end) {
            if (!fill()) {
                return -1;
            }
        }
        int n = Math.min(length, end - at);
        System.arraycopy(block, at, to, offset, n);
        at += n;
        return n;
    }

    /** All of these bytes, or none when it ends before the first. */
    boolean whole(byte[] to, int length) throws IOException, DamagedArchive {
        int have = 0;
        while (have < length) {
            int n = read(to, have, length - have);
            if (n < 0) {
                if (have == 0) {
                    return false;
                }
                throw cut();
            }
            have += n;
        }
        return true;
    }

    /** Goes past so many bytes. */
    void skip(long bytes) throws IOException, DamagedArchive {
        long left = bytes;
        while (left > 0) {
            if (at == end && !fill()) {
                throw cut();
            }
            int n = (int) Math.min(left, end - at);
            at += n;
            left -= n;
        }
    }

    static DamagedArchive cut() {
        return new DamagedArchive("is cut off");
    }

    /** Unpacks the next chunk that holds something or nothing; whether there was one. */
    private boolean fill() throws IOException, DamagedArchive {
        int n = in.readNBytes(header, 0, header.length);
        if (n == 0) {
            return false;
        }
        if (n < header.length) {
            throw cut();
        }
        int kind = header[0] & 0xff;
        int length = (header[1] & 0xff) | ((header[2] & 0xff) << 8) | ((header[3] & 0xff) << 16);
        if (!named && kind != NAME) {
            throw new DamagedArchive("is no S2 stream");
        }
        if (length > LARGEST_CHUNK && kind < FIRST_SKIPPABLE) {
            throw new DamagedArchive("holds a chunk that is too large");
        }
        if (kind >= FIRST_SKIPPABLE && kind != NAME) {
            pass(length);
            return true;
        }
        if (chunk.length < length) {
            chunk = new byte[Math.min(LARGEST_CHUNK, length * 2)];
        }
        if (in.readNBytes(chunk, 0, length) < length) {
            throw cut();
        }
        if (kind == NAME) {
            name(length);
            return true;
        }
        if (kind > PLAIN || length < 4) {
            throw new DamagedArchive("holds a chunk of no known kind");
        }
        unpack(kind, length);
        return true;
    }

    private void pass(int length) throws IOException, DamagedArchive {
        for (int left = length; left > 0; ) {
            int n = in.readNBytes(chunk, 0, Math.min(left, chunk.length));
            if (n == 0) {
                throw cut();
            }
            left -= n;
        }
    }

    private void name(int length) throws DamagedArchive {
        for (byte[] name : NAMES) {
            named |= length == name.length && java.util.Arrays.equals(chunk, 0, length, name, 0, length);
        }
        if (!named) {
            throw new DamagedArchive("is no S2 stream");
        }
    }

    private void reserve(long size) throws DamagedArchive {
        if (size > LARGEST) {
            throw new DamagedArchive("holds a chunk that is too large");
        }
        if (size > block.length) {
            block = new byte[(int) Math.min(LARGEST, size * 2)];
        }
    }

    private void unpack(int kind, int length) throws DamagedArchive {
        int size;
        if (kind == COMPRESSED) {
            reserve(S2Block.length(chunk, 4, length));
            size = S2Block.decode(chunk, 4, length, block);
        } else {
            size = length - 4;
            reserve(size);
            System.arraycopy(chunk, 4, block, 0, size);
        }
        crc.reset();
        crc.update(block, 0, size);
        int sum = (int) crc.getValue();
        int masked = ((sum >>> 15) | (sum << 17)) + 0xa282ead8;
        int said = (chunk[0] & 0xff) | ((chunk[1] & 0xff) << 8) | ((chunk[2] & 0xff) << 16) | ((chunk[3] & 0xff) << 24);
        if (masked != said) {
            throw new DamagedArchive("was changed: a checksum in it does not hold");
        }
        at = 0;
        end = size;
        unpacked.accept(size);
    }
}
