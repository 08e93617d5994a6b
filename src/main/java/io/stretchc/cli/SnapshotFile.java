package io.stretchc.cli;

import io.stretchc.codec.SnapshotCodec;
import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ClusterSnapshot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Where snapshots go, a file, completely or not at all, or standard output; and where they come from. */
final class SnapshotFile {
    private SnapshotFile() {}

    static void write(ClusterSnapshot snapshot, @Nullable String name, Console console) throws IOException {
        var codec = new SnapshotCodec();
        if (name == null || name.equals("-")) {
            codec.write(snapshot, new Utf8(console.out()));
            console.out().flush();
            return;
        }
        Path file = path(name);
        Path directory = file.toAbsolutePath().getParent();
        Path made = Files.createTempFile(directory, ".snapshot", ".tmp"); // readable by its owner only
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(made))) {
                codec.write(snapshot, out);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** What a snapshot file may have at most; 10,000 streams take some 20 MB. */
    private static final long LIMIT = 2L << 30;

    /** Reads one; the fault says what is wrong with it. */
    static ClusterSnapshot read(String name, Console console) throws SnapshotFault {
        try (InputStream in = name.equals("-") ? console.in() : Files.newInputStream(path(name))) {
            SnapshotCodec.Reading reading = new SnapshotCodec().read(in, LIMIT);
            if (reading instanceof SnapshotCodec.Reading.Good good) {
                return good.snapshot();
            }
            throw new SnapshotFault(Quote.of(name) + ": " + ((SnapshotCodec.Reading.Bad) reading).reason());
        } catch (IOException e) {
            throw new SnapshotFault(
                    "The snapshot " + Quote.of(name) + " cannot be read; check its name and permissions,"
                            + " or make one with `stretchc observe -o FILE`.");
        }
    }

    private static Path path(String name) throws IOException {
        try {
            return Path.of(name);
        } catch (java.nio.file.InvalidPathException e) {
            throw new IOException("not a path", e);
        }
    }

    /** Bytes of UTF-8 into a writer, which may cut a character in two between calls. */
    private static final class Utf8 extends OutputStream {
        private final Writer out;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        private final ByteBuffer pending = ByteBuffer.allocate(16 * 1024);
        private final java.nio.CharBuffer text = java.nio.CharBuffer.allocate(16 * 1024);

        Utf8(Writer out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int at = offset;
            int end = offset + length;
            while (at < end) {
                int n = Math.min(pending.remaining(), end - at);
                pending.put(bytes, at, n);
                at += n;
                pending.flip();
                decoder.decode(pending, text, false);
                pending.compact();
                text.flip();
                out.write(text.array(), 0, text.length());
                text.clear();
            }
        }
    }
}
