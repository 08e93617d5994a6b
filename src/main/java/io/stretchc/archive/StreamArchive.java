package io.stretchc.archive;

import io.stretchc.backup.ArchiveFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Reads the archive of a stream, {@code stream.tar.s2}, to its end, as the server that restores it will: every chunk of S2
 * unpacked and held against its CRC-32C, and what is in it well-formed up to the mark at its end. Up to nats-server 2.14
 * that is a tar of the store's files with two empty blocks at its end, and a file {@code errors.txt} where making it failed;
 * from 2.15 on a list of messages that begins with {@code NATSARC1} and ends with an entry without name. Consumers are only
 * counted. The checksums of messages in a tar's block files are the server's to check.
 */
public final class StreamArchive {
    private static final byte[] MAGIC = "NATSARC1".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NAME = 1 << 20;

    private StreamArchive() {}

    /** Reads it all; the stream is left at its end. */
    public static Contents check(InputStream in) throws IOException, DamagedArchive {
        return check(in, bytes -> {});
    }

    /**
     * Reads it all.
     *
     * @param unpacked hears of every chunk, how many bytes were in it
     */
    public static Contents check(InputStream in, LongConsumer unpacked) throws IOException, DamagedArchive {
        var s2 = new S2Stream(in, unpacked);
        byte[] first = new byte[MAGIC.length];
        if (!s2.whole(first, first.length)) {
            throw new DamagedArchive("is empty");
        }
        return Arrays.equals(first, MAGIC) ? messages(s2) : new TarWalk(s2, first).walk();
    }

    private static Contents messages(S2Stream s2) throws IOException, DamagedArchive {
        int consumers = 0;
        long count = 0;
        long last = 0;
        boolean state = false;
        byte[] name = new byte[256];
        while (true) {
            long nameLength = varint(s2);
            long time = varint(s2);
            long sequence = varint(s2);
            long head = varint(s2);
            long body = varint(s2);
            if (nameLength < 0 || nameLength > LONGEST_NAME || head < 0 || body < 0 || head + body < 0) {
                throw misshapen();
            }
            if (nameLength == 0 && time == 0 && sequence == 0 && head == 0 && body == 0) {
                break;
            }
            name = name.length < nameLength ? new byte[(int) nameLength] : name;
            if (nameLength > 0 && !s2.whole(name, (int) nameLength)) {
                throw S2Stream.cut();
            }
            s2.skip(head + body);
            if (sequence != 0) {
                if (!state || sequence <= last) {
                    throw misshapen();
                }
                last = sequence;
                count++;
            } else if (new String(name, 0, (int) nameLength, StandardCharsets.UTF_8).equals("state.json")) {
                state = true;
            } else {
                consumers++;
            }
        }
        if (!state || s2.whole(new byte[1], 1)) {
            throw misshapen();
        }
        return new Contents(ArchiveFormat.MESSAGES, consumers, count, last);
    }

    private static long varint(S2Stream s2) throws IOException, DamagedArchive {
        byte[] one = new byte[1];
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (!s2.whole(one, 1)) {
                throw S2Stream.cut();
            }
            value |= (long) (one[0] & 0x7f) << shift;
            if (one[0] >= 0) {
                return value;
            }
        }
        throw misshapen();
    }

    private static DamagedArchive misshapen() {
        return new DamagedArchive("is not what a nats-server writes");
    }
}
