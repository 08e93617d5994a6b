package io.stretchc.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that is only ever appended to, by one process at a time. */
public final class AppendOnly implements AutoCloseable {
    private final FileChannel channel;

    private AppendOnly(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens a file, or makes it, and keeps others out until it is closed.
     *
     * @return none when somebody else has it
     */
    public static Optional<AppendOnly> open(Path file) throws IOException {
        boolean fresh = !Files.exists(file);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        if (fresh) {
            forceDirectory(file.toAbsolutePath().getParent());
        }
        return Optional.of(new AppendOnly(channel));
    }

    /** A new name must be on disk as well. */
    private static void forceDirectory(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (FileChannel handle = FileChannel.open(directory, StandardOpenOption.READ)) {
            handle.force(true);
        } catch (IOException e) {
            // some systems open no directories; then the name is on disk when they think fit
        }
    }

    /** All that it holds. */
    public byte[] read(int limit) throws IOException {
        long size = channel.size();
        if (size > limit) {
            throw new IOException("it is larger than " + limit + " bytes");
        }
        var bytes = ByteBuffer.allocate((int) size);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // until all is read
        }
        return bytes.array();
    }

    /** Cuts it off, before anything is appended. */
    public void truncate(long size) throws IOException {
        if (channel.size() > size) {
            channel.truncate(size);
            channel.force(true);
        }
    }

    /**
     * Appends. When it fails, what it wrote is taken back as far as that can be. The end of this process takes nothing of it
     * back; the end of the machine may, up to the last append that was kept.
     *
     * @param keep whether it, and all before it, is on disk when this returns
     */
    public void append(String text, boolean keep) throws IOException {
        long end = channel.size();
        try {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes, channel.size());
            }
            if (keep) {
                channel.force(false);
            }
        } catch (IOException e) {
            try {
                channel.truncate(end);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
