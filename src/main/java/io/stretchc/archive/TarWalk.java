package io.stretchc.archive;

import io.stretchc.backup.ArchiveFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Walks a tar from header to header, each against its sum, up to the two empty blocks at its end. */
final class TarWalk {
    private static final int BLOCK = 512;
    private static final int LARGEST_EXTENSION = 1 << 20;

    private final S2Stream s2;
    private final byte[] header = new byte[BLOCK];
    private final TreeSet<String> consumers = new TreeSet<>();
    private int begun;
    private boolean meta;
    private @Nullable String longPath;
    private long longSize = -1;

    /**
     * A walk.
     *
     * @param first bytes that were read already
     */
    TarWalk(S2Stream s2, byte[] first) {
        this.s2 = s2;
        System.arraycopy(first, 0, header, 0, first.length);
        this.begun = first.length;
    }

    Contents walk() throws IOException, DamagedArchive {
        while (true) {
            block();
            if (empty()) {
                block();
                if (!empty()) {
                    throw misshapen();
                }
                end();
                break;
            }
            sum();
            entry();
        }
        if (!meta) {
            throw new DamagedArchive("has no configuration of a stream in it");
        }
        return new Contents(ArchiveFormat.TAR, consumers.size(), -1, -1);
    }

    /** Nothing follows; other makers of tars fill their last record up with zeros. */
    private void end() throws IOException, DamagedArchive {
        for (int n = s2.read(header, 0, BLOCK); n >= 0; n = s2.read(header, 0, BLOCK)) {
            for (int i = 0; i < n; i++) {
                if (header[i] != 0) {
                    throw misshapen();
                }
            }
        }
    }

    private void block() throws IOException, DamagedArchive {
        byte[] rest = begun == 0 ? header : new byte[BLOCK - begun];
        if (!s2.whole(rest, rest.length)) {
            throw S2Stream.cut();
        }
        if (begun > 0) {
            System.arraycopy(rest, 0, header, begun, rest.length);
            begun = 0;
        }
    }

    private void entry() throws IOException, DamagedArchive {
        char type = (char) header[156];
        long size = longSize >= 0 ? longSize : number(124, 12);
        if (type == 'x') {
            extension((int) Math.min(number(124, 12), LARGEST_EXTENSION + 1L));
            return;
        }
        String path = longPath != null ? longPath : text(0, 100);
        longPath = null;
        longSize = -1;
        if (type != '0' && type != 0) {
            throw misshapen();
        }
        s2.skip((size + BLOCK - 1) / BLOCK * BLOCK);
        if (path.equals("errors.txt")) {
            throw new DamagedArchive("is not complete: the server that wrote it met a fault");
        }
        meta |= path.equals("meta.inf");
        if (path.startsWith("obs/")) {
            consumers.add(path.substring(4).replaceAll("/[^/]*$", ""));
        }
    }

    /** Records such as {@code 30 path=msgs/1.blk}. */
    private void extension(int size) throws IOException, DamagedArchive {
        if (size > LARGEST_EXTENSION) {
            throw misshapen();
        }
        byte[] records = new byte[size];
        if (size > 0 && !s2.whole(records, size)) {
            throw S2Stream.cut();
        }
        s2.skip((BLOCK - size % BLOCK) % BLOCK);
        for (String record : new String(records, StandardCharsets.UTF_8).split("\n", -1)) {
            String pair = record.substring(record.indexOf(' ') + 1);
            if (pair.startsWith("path=")) {
                longPath = pair.substring(5);
            } else if (pair.startsWith("size=")) {
                try {
                    longSize = Long.parseLong(pair.substring(5));
                } catch (NumberFormatException e) {
                    throw misshapen();
                }
            }
        }
    }

    private boolean empty() {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private void sum() throws DamagedArchive {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (sum != number(148, 8)) {
            throw misshapen();
        }
    }

    /** Octal, or binary where its first bit says so. */
    private long number(int at, int length) throws DamagedArchive {
        if (header[at] < 0) {
            long value = 0;
            for (int i = at + length - 8; i < at + length; i++) {
                value = (value << 8) | (header[i] & 0xff);
            }
            if (value < 0) {
                throw misshapen();
            }
            return value;
        }
        String digits = text(at, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw misshapen();
        }
    }

    private String text(int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }

    private static DamagedArchive misshapen() {
        return new DamagedArchive("is not what a nats-server writes");
    }
}
