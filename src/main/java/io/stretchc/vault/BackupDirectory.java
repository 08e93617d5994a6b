package io.stretchc.vault;

import io.stretchc.backup.BackupManifest;
import io.stretchc.backup.DirectoryName;
import io.stretchc.diag.Quote;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory of backups: a directory for each account, laid out as {@code nats account backup} does, in it one for each
 * stream. What is not whole yet lies in {@code .partial} beside the accounts, where no tool takes it for a backup, and is
 * moved into its place when it is on disk. Only one process writes at a time.
 */
public final class BackupDirectory implements AutoCloseable {
    /** Where what is not whole yet lies. */
    static final String PARTIAL = ".partial";

    private static final String FORMER = "former";
    private static final String FRESH = "fresh";

    private final Path root;
    private final FileChannel lock;

    private BackupDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** Opens a directory, or makes it. */
    public static BackupDirectory open(String name) throws BackupFault {
        try {
            Path root = Path.of(name);
            Files.createDirectories(root.resolve(PARTIAL), mode());
            FileChannel lock = FileChannel.open(
                    root.resolve(PARTIAL).resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held;
            try {
                held = lock.tryLock();
            } catch (OverlappingFileLockException e) {
                held = null;
            }
            if (held == null) {
                lock.close();
                throw new BackupFault("Another process makes a backup in " + Quote.of(name) + " now. Let it end.");
            }
            return new BackupDirectory(root, lock);
        } catch (IOException | InvalidPathException e) {
            throw new BackupFault("The directory " + Quote.of(name)
                    + " cannot be made or written to; check its name and permissions.");
        }
    }

    /** Where the backup of a stream lies. */
    public StoredBackup of(String account, String stream) {
        return new StoredBackup(root.resolve(DirectoryName.of(account)).resolve(DirectoryName.of(stream)));
    }

    /** Its manifest, if it is there and its files are what it says. A former one that was being replaced is put back. */
    public Optional<BackupManifest> whole(String account, String stream) throws BackupFault {
        StoredBackup stored = of(account, stream);
        try {
            Path former = partial(account, stream).resolve(FORMER);
            if (Files.exists(former) && !Files.exists(stored.directory())) {
                Files.createDirectories(parent(stored.directory()), mode());
                Files.move(former, stored.directory(), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new BackupFault("The backup in " + Quote.of(stored.directory()) + " cannot be put back.");
        }
        try {
            return stored.manifest().filter(stored::intact);
        } catch (BackupFault e) {
            return Optional.empty(); // it is made anew
        }
    }

    /** An empty directory for a backup that is being made. */
    Path fresh(String account, String stream) throws IOException {
        Path fresh = partial(account, stream).resolve(FRESH);
        delete(fresh);
        Files.createDirectories(fresh, mode());
        return fresh;
    }

    /** Moves what is whole and on disk into its place; a former backup goes only then. */
    void publish(String account, String stream) throws IOException {
        Path fresh = partial(account, stream).resolve(FRESH);
        Path former = partial(account, stream).resolve(FORMER);
        Path place = of(account, stream).directory();
        Files.createDirectories(parent(place), mode());
        force(fresh);
        if (Files.exists(place)) {
            delete(former);
            Files.move(place, former, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        force(parent(place));
        delete(former);
        delete(partial(account, stream));
    }

    private Path partial(String account, String stream) {
        return root.resolve(PARTIAL).resolve(DirectoryName.of(account)).resolve(DirectoryName.of(stream));
    }

    private static Path parent(Path path) {
        return java.util.Objects.requireNonNull(path.getParent());
    }

    /** A name must be on disk as well. */
    private static void force(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (FileChannel handle = FileChannel.open(directory, StandardOpenOption.READ)) {
            handle.force(true);
        } catch (IOException e) {
            // some systems open no directories; then the name is on disk when they think fit
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(p);
            }
        }
    }

    /** For its owner only: what streams hold is nobody else's. */
    private static FileAttribute<?>[] mode() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() {
        try {
            lock.close();
            delete(root.resolve(PARTIAL).resolve("lock"));
            try (Stream<Path> left = Files.walk(root.resolve(PARTIAL))) {
                if (left.allMatch(Files::isDirectory)) {
                    delete(root.resolve(PARTIAL));
                }
            }
        } catch (IOException e) {
            // what is left of it is taken up by the next backup
        }
    }
}
