package io.stretchc.binary;

import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The tool's own binaries: {@code <root>/nats-server/<version>/nats-server}. A file appears there complete, executable
 * and already asked its version, or not at all.
 */
final class BinaryCache {
    /** File locks keep other processes out; among threads of this one they fail instead of waiting. */
    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path binaries;

    BinaryCache(Path root) {
        binaries = root.resolve("nats-server");
    }

    /** The cache that the environment names: {@code STRETCHC_CACHE}, else the user's cache directory. */
    static BinaryCache of(Map<String, String> environment) throws BinaryFault {
        Optional<Path> own = path(environment.getOrDefault("STRETCHC_CACHE", ""));
        if (own.isPresent()) {
            return new BinaryCache(own.get().toAbsolutePath());
        }
        // a relative XDG_CACHE_HOME is to be ignored, by its specification
        Optional<Path> cache = path(environment.getOrDefault("XDG_CACHE_HOME", ""))
                .filter(Path::isAbsolute)
                .or(() -> path(environment.getOrDefault("HOME", ""))
                        .filter(Path::isAbsolute)
                        .map(h -> h.resolve(".cache")));
        return new BinaryCache(cache.orElseThrow(() -> new BinaryFault(
                        "There is no directory for the cache of nats-server binaries: HOME is not set.",
                        List.of(),
                        List.of("Set STRETCHC_CACHE to a directory.")))
                .resolve("stretchc"));
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Where the binary of a release belongs. */
    Path place(ServerVersion version) {
        return binaries.resolve(version.toString()).resolve("nats-server");
    }

    /** The releases that there is a file for, newest first. */
    List<ServerVersion> versions() {
        if (!Files.isDirectory(binaries)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(binaries)) {
            return list.map(d -> Objects.requireNonNull(d.getFileName()).toString())
                    .flatMap(
                            n -> ServerVersion.parse(n).filter(v -> v.toString().equals(n)).stream())
                    .filter(v -> Files.exists(place(v)))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Something to do while no other process or thread changes the place of a release. */
    interface Work<T> {
        T run() throws BinaryFault;
    }

    /** Does it, after whoever is at it now. Says so when there is a wait. */
    <T> T alone(ServerVersion version, Consumer<String> progress, Work<T> work) throws BinaryFault {
        Path place = place(version);
        ReentrantLock threads = THREADS.computeIfAbsent(place, p -> new ReentrantLock());
        threads.lock();
        try {
            Files.createDirectories(Objects.requireNonNull(place.getParent()));
            try (FileChannel file = FileChannel.open(
                    place.resolveSibling(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(file, version, progress);
                return work.run();
            }
        } catch (IOException e) {
            throw unusable(e);
        } finally {
            threads.unlock();
        }
    }

    /** Held until the file is closed. */
    private static void lock(FileChannel file, ServerVersion version, Consumer<String> progress) throws IOException {
        if (file.tryLock() == null) {
            progress.accept("nats-server " + version + ": another process is fetching it; waiting for that one to end");
            file.lock(); // every source has a time limit, and the lock of a dead process is gone
        }
    }

    /** Puts a file into its place, when it is what the caller wants; to be called {@link #alone}. */
    Path install(ServerVersion version, Path file, VersionProbe probe) throws SourceFault, IOException {
        Path place = place(version);
        Path temporary = Files.createTempFile(Objects.requireNonNull(place.getParent()), ".nats-server-", ".tmp");
        try {
            Files.copy(file, temporary, StandardCopyOption.REPLACE_EXISTING);
            if (Files.getFileStore(temporary).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            VersionProbe.Answer answer = probe.ask(temporary);
            if (!version.equals(answer.version())) {
                throw new SourceFault(
                        answer.version() == null
                                ? "what it gave is not usable: " + answer.problem()
                                : "what it gave is " + answer.version() + ", not " + version);
            }
            move(temporary, place);
            return place;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    BinaryFault unusable(IOException e) {
        return new BinaryFault(
                "The cache of nats-server binaries, " + binaries + ", cannot be used: " + Reason.of(e) + ".",
                List.of(),
                List.of("Make it a directory that you may write to, or set STRETCHC_CACHE to another."));
    }
}
