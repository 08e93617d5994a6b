package io.stretchc.vault;

import io.stretchc.archive.Contents;
import io.stretchc.archive.DamagedArchive;
import io.stretchc.archive.StreamArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * An archive as it arrives: the thread that receives it writes it to its file, and another hashes it and reads it to its end
 * meanwhile, as the server that restores it will, at most so many pieces behind. What it finds is true of the bytes that came,
 * whose SHA-256 it is; that the file holds those bytes is told by its size and its CRC-32C, read back from the file once it
 * is on disk. What a disk does to it later is told by the SHA-256, with which each use of a backup begins.
 */
final class Arrival implements Transfer.Sink, AutoCloseable {
    private static final byte[] END = new byte[0];
    private static final int READ_BACK = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final BlockingQueue<byte[]> pieces;
    private final FutureTask<Found> reading;
    private final Thread reader;
    private long size;
    private boolean ended;

    /**
     * Begins one.
     *
     * @param path of a file that is not there yet
     * @param behind pieces that reading may be behind
     * @param unpacked hears of the bytes that were read, unpacked
     */
    Arrival(Path path, int behind, LongConsumer unpacked) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.pieces = new ArrayBlockingQueue<>(behind);
        this.reading = new FutureTask<>(() -> read(new Pieces(pieces), unpacked));
        this.reader = new Thread(reading, "read archive");
        reader.setDaemon(true);
        reader.start();
    }

    /** What came, as it is on disk. */
    record Arrived(Contents contents, long bytes, String sha256) {}

    /** What the pieces are. */
    private record Found(Contents contents, String sha256, long crc) {}

    @Override
    public void more(byte[] piece) throws IOException {
        var bytes = ByteBuffer.wrap(piece);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        size += piece.length;
        put(piece);
    }

    /** Ends it: the file is on disk, holds what came, and that is an archive up to its end. */
    Arrived end() throws IOException, DamagedArchive {
        put(END);
        ended = true;
        channel.force(true);
        Found found = found();
        if (readBack() != found.crc()) {
            throw new IOException("the file does not hold what was written to it");
        }
        return new Arrived(found.contents(), size, found.sha256());
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            reader.interrupt();
        }
        channel.close();
    }

    private void put(byte[] piece) throws IOException {
        try {
            pieces.put(piece);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private Found found() throws IOException, DamagedArchive {
        try {
            return reading.get();
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DamagedArchive damaged) {
                throw damaged;
            }
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Reads pieces until they end, damaged or not: whoever receives them waits for nobody. */
    private static Found read(Pieces in, LongConsumer unpacked) throws IOException, DamagedArchive {
        Contents contents;
        try {
            contents = StreamArchive.check(in, unpacked);
        } finally {
            in.rest();
        }
        return new Found(contents, FileHash.text(in.digest), in.crc.getValue());
    }

    private long readBack() throws IOException {
        var crc = new CRC32C();
        var piece = ByteBuffer.allocateDirect(READ_BACK);
        long read = 0;
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            while (file.read(piece) >= 0) {
                piece.flip();
                read += piece.remaining();
                crc.update(piece);
                piece.clear();
            }
        }
        return read == size ? crc.getValue() : -1;
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new java.io.InterruptedIOException();
    }

    /** Pieces one after another, hashed as they are taken. */
    private static final class Pieces extends InputStream {
        private final BlockingQueue<byte[]> queue;
        private final MessageDigest digest = FileHash.begin();
        private final CRC32C crc = new CRC32C();
        private byte[] piece = new byte[] {0};
        private int at = 1;

        Pieces(BlockingQueue<byte[]> queue) {
            this.queue = queue;
        }

        @Override
        public int read() throws IOException {
            return there() ? piece[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!there()) {
                return -1;
            }
            int n = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, to, offset, n);
            at += n;
            return n;
        }

        void rest() throws IOException {
            while (there()) {
                at = piece.length;
            }
        }

        /** Whether there is more of it, which is waited for. */
        private boolean there() throws IOException {
            while (at == piece.length && piece.length > 0) {
                try {
                    piece = queue.take();
                } catch (InterruptedException e) {
                    throw interrupted();
                }
                at = 0;
                digest.update(piece);
                crc.update(piece, 0, piece.length);
            }
            return piece.length > 0;
        }
    }
}
