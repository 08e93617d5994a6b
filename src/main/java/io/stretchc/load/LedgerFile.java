package io.stretchc.load;

import io.stretchc.codec.LedgerCodec;
import io.stretchc.ledger.Entry;
import io.stretchc.ledger.Header;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that is being written: buffered, flushed every second by whoever runs the load, on disk for sure when it is
 * closed. Only its owner may read it. A disk that takes no more is told when it is closed, and the load goes on.
 */
public final class LedgerFile implements Journal, AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final BufferedWriter out;
    private final LedgerCodec codec = new LedgerCodec();
    private @Nullable IOException fault;

    private LedgerFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8), 1 << 16);
    }

    /** Makes the file, which must not be there yet: a ledger is of one run. */
    public static LedgerFile create(Path file) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        return new LedgerFile(
                file, FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode));
    }

    @Override
    public synchronized void begin(Header header) {
        write(codec.line(header));
    }

    @Override
    public void add(Entry entry) {
        String line = codec.line(entry);
        synchronized (this) {
            write(line);
        }
    }

    /** Hands what is buffered to the operating system. */
    public synchronized void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            fault = fault == null ? e : fault;
        }
    }

    /** Takes an empty file away again, as of a load that could not begin. */
    public synchronized void discard() throws IOException {
        flush();
        if (channel.size() == 0) {
            Files.delete(file);
        }
    }

    private void write(String line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            fault = fault == null ? e : fault;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        flush();
        try (channel) {
            channel.force(true);
        }
        if (fault != null) {
            throw fault;
        }
    }
}
