package io.stretchc.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one cluster below the output directory. Files are written under a temporary name and moved into
 * place, the manifest last; files of former compiles go, others are never touched.
 */
public final class OutputDirectory {
    /** Names of temporary files differ within the process, and by its id from those of others. */
    private static final AtomicLong COUNTER = new AtomicLong();

    /** How every configuration begins, see {@code server.conf.j2}. */
    private static final String MADE = "# Made by stretchc ";

    private final Path root;
    private final String topology;

    /**
     * A directory.
     *
     * @param root of the cluster, such as {@code out/STRETCH}
     * @param topology file name of the topology that owns it
     */
    public OutputDirectory(Path root, String topology) {
        this.root = root;
        this.topology = topology;
    }

    /**
     * What would change so that the directory holds these files.
     *
     * @param files path below the root to text
     * @param whole whether these are all files of the topology, so that others of its manifest go; if not, what the
     *     manifest does not have already is not added to it, so that a later compile neither misses nor removes it
     */
    public List<Change> changes(SortedMap<String, String> files, boolean whole) throws OutputFault {
        reachable();
        Manifest old = manifest();
        var changes = new ArrayList<Change>();
        for (Map.Entry<String, String> e : files.entrySet()) {
            String before = read(e.getKey());
            if (before == null) {
                changes.add(new Change(e.getKey(), Change.Kind.ADD, "", e.getValue()));
            } else if (!before.equals(e.getValue())) {
                ours(e.getKey(), before, old);
                changes.add(new Change(e.getKey(), Change.Kind.CHANGE, before, e.getValue()));
            }
        }
        if (whole) {
            old.files().forEach((path, digest) -> {
                String before = files.containsKey(path) ? null : readQuietly(path);
                if (before != null) {
                    boolean untouched = Manifest.digest(before).equals(digest);
                    changes.add(new Change(path, untouched ? Change.Kind.REMOVE : Change.Kind.KEEP, before, ""));
                }
            });
        }
        String manifest = next(old, files, whole).text();
        String before = read(Manifest.NAME);
        if (!manifest.equals(before) && (whole || before != null)) {
            changes.add(
                    before == null
                            ? new Change(Manifest.NAME, Change.Kind.ADD, "", manifest)
                            : new Change(Manifest.NAME, Change.Kind.CHANGE, before, manifest));
        }
        return changes;
    }

    /** A file in the way must be one that a compile wrote: by the manifest, or by its first line. */
    private void ours(String path, String text, Manifest old) throws OutputFault {
        if (!old.files().containsKey(path) && !text.startsWith(MADE)) {
            throw new OutputFault(
                    "The file " + root.resolve(path) + " is in the way, and no compile wrote it.",
                    "Move it elsewhere, or compile into another `--out`.",
                    OutputFault.Kind.IN_THE_WAY);
        }
    }

    /** Makes the changes. New content is complete on disk before the first file is replaced. */
    public void apply(List<Change> changes) throws OutputFault {
        for (Change c : changes) {
            guard(c.path());
        }
        var staged = new ConcurrentSkipListMap<String, Path>();
        try {
            var faults = new ConcurrentLinkedQueue<IOException>();
            changes.parallelStream().filter(Change::writes).forEach(c -> {
                try {
                    staged.put(c.path(), stage(c));
                } catch (IOException e) {
                    faults.add(e); // thrown from here it would not wait for the others, which go on writing
                }
            });
            if (!faults.isEmpty()) {
                throw faults.remove();
            }
            for (Change c : changes) {
                Path temporary = staged.get(c.path());
                if (temporary != null) {
                    move(temporary, root.resolve(c.path()));
                } else if (c.kind() == Change.Kind.REMOVE) {
                    remove(root.resolve(c.path()));
                }
            }
        } catch (IOException e) {
            throw unreachable(e);
        } finally {
            staged.values().forEach(OutputDirectory::discard);
        }
    }

    private Path stage(Change c) throws IOException {
        Path target = root.resolve(c.path());
        Path parent = java.util.Objects.requireNonNull(target.getParent(), "a file of a cluster has a directory");
        Files.createDirectories(parent);
        if (Files.isDirectory(target)) {
            throw new IOException(target + " is a directory");
        }
        return written(parent, c.after());
    }

    /** Writes a new file beside the target; one that is there already, perhaps a link, is never opened. */
    private static Path written(Path parent, String text) throws IOException {
        for (int n = 0; ; n++) {
            Path temporary = parent.resolve(
                    ".stretchc-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + ".tmp");
            try {
                Files.writeString(temporary, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                return temporary;
            } catch (FileAlreadyExistsException e) {
                if (n == 100) {
                    throw e;
                }
            } catch (IOException e) {
                discard(temporary);
                throw e;
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
        Path parent = file.getParent();
        if (parent != null && !parent.equals(root)) {
            try {
                Files.deleteIfExists(parent);
            } catch (DirectoryNotEmptyException e) {
                // others live there
            }
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // moved already, or out of reach: nothing more to do
        }
    }

    private Manifest next(Manifest old, SortedMap<String, String> files, boolean whole) {
        var digests = new TreeMap<String, String>();
        if (!whole) {
            digests.putAll(old.files());
        }
        digests.putAll(files.entrySet().parallelStream()
                .filter(e -> whole || old.files().containsKey(e.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, e -> Manifest.digest(e.getValue()))));
        return new Manifest(topology, digests);
    }

    private Manifest manifest() throws OutputFault {
        String text = read(Manifest.NAME);
        if (text == null) {
            return new Manifest(topology, new TreeMap<>());
        }
        Manifest manifest = Manifest.parse(text)
                .orElseThrow(() -> new OutputFault(
                        "The manifest " + root.resolve(Manifest.NAME) + " is damaged.",
                        "Restore it, or remove it: then nothing of a former compile is cleaned up.",
                        OutputFault.Kind.UNUSABLE));
        if (!manifest.topology().equals(topology)) {
            throw new OutputFault(
                    "The directory " + root + " was compiled from " + io.stretchc.diag.Quote.of(manifest.topology())
                            + ", not from " + io.stretchc.diag.Quote.of(topology) + ".",
                    "Give the clusters different names or use another `--out`; if the file was renamed, write its new"
                            + " name into " + root.resolve(Manifest.NAME) + ".",
                    OutputFault.Kind.FOREIGN);
        }
        return manifest;
    }

    private @Nullable String readQuietly(String path) {
        try {
            return read(path);
        } catch (OutputFault e) {
            return null;
        }
    }

    private @Nullable String read(String path) throws OutputFault {
        guard(path);
        Path file = root.resolve(path);
        try {
            if (Files.isSymbolicLink(file)) {
                return ""; // a link is not ours either: it is replaced, and what it leads to is not even read
            }
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            if (Files.isDirectory(file)) {
                throw new IOException(file + " is a directory");
            }
            byte[] bytes = Files.readAllBytes(file);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return ""; // not ours: differs from anything that is generated
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** A directory can be made where none is, but not below a file. */
    private void reachable() throws OutputFault {
        @Nullable Path nearest = root.toAbsolutePath();
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (nearest != null && !Files.isDirectory(nearest)) {
            throw unreachable(new IOException(nearest + " is not a directory"));
        }
    }

    /** Everything above a file must be a real directory: through a link, files elsewhere would be replaced. */
    private void guard(String path) throws OutputFault {
        @Nullable Path directory = root.resolve(path).getParent();
        while (directory != null && directory.startsWith(root)) {
            if (Files.isSymbolicLink(directory)) {
                throw new OutputFault(
                        "The output directory " + directory
                                + " is a symbolic link, and files are never written through one.",
                        "Put a directory in its place, or name the directory that it leads to with `--out`.",
                        OutputFault.Kind.UNUSABLE);
            }
            if (Files.exists(directory) && !Files.isDirectory(directory)) {
                throw unreachable(new IOException(directory + " is not a directory"));
            }
            directory = directory.getParent();
        }
    }

    private OutputFault unreachable(IOException e) {
        return new OutputFault(
                "The output directory " + root + " cannot be used: " + why(e) + ".",
                "Check that it is a directory that you may write to, or name another with `--out`.",
                OutputFault.Kind.UNUSABLE);
    }

    private static String why(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "permission for " + denied.getFile() + " is denied";
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is not a directory";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
