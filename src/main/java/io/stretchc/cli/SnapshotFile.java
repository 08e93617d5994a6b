package io.stretchc.cli;

import io.stretchc.codec.SnapshotCodec;
import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ClusterSnapshot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Where snapshots go, a file, completely or not at all, or standard output; and where they come from. */
final class SnapshotFile {
    private SnapshotFile() {}

    static void write(ClusterSnapshot snapshot, @Nullable String name, Console console) throws IOException {
        var codec = new SnapshotCodec();
        if (name == null || name.equals("-")) {
            codec.write(snapshot, new Utf8Writer(console.out()));
            console.out().flush();
            return;
        }
        Path file = path(name);
        Path made = Placed.temporary(Placed.beside(file), "snapshot");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(made))) {
                codec.write(snapshot, out);
            }
            Placed.move(made, file);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** What a snapshot file may have at most; 10,000 streams take some 20 MB. */
    private static final long LIMIT = 2L << 30;

    /** Reads one; the fault says what is wrong with it. */
    static ClusterSnapshot read(String name, Console console) throws SnapshotFault {
        return good(name, console).snapshot();
    }

    /** Reads one, with its fingerprint. */
    static SnapshotCodec.Reading.Good good(String name, Console console) throws SnapshotFault {
        ExecutorService beside = Executors.newSingleThreadExecutor(SnapshotReading::thread);
        try (InputStream in = name.equals("-") ? console.in() : Files.newInputStream(path(name))) {
            SnapshotCodec.Reading reading = new SnapshotCodec().read(in, LIMIT, beside);
            if (reading instanceof SnapshotCodec.Reading.Good good) {
                return good;
            }
            throw new SnapshotFault(Quote.of(name) + ": " + ((SnapshotCodec.Reading.Bad) reading).reason());
        } catch (IOException e) {
            throw new SnapshotFault(
                    "The snapshot " + Quote.of(name) + " cannot be read; check its name and permissions,"
                            + " or make one with `stretchc observe -o FILE`.");
        } finally {
            beside.shutdown();
        }
    }

    private static Path path(String name) throws IOException {
        try {
            return Path.of(name);
        } catch (java.nio.file.InvalidPathException e) {
            throw new IOException("not a path", e);
        }
    }
}
