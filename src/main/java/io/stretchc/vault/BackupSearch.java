package io.stretchc.vault;

import io.stretchc.backup.BackupManifest;
import io.stretchc.backup.DirectoryName;
import io.stretchc.codec.BackupFile;
import io.stretchc.diag.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds backups below a directory, by their files alone: whether they are whole is looked at when one is chosen. The account
 * is the manifest's, else the name of the directory around it, as the {@code nats} CLI writes none down.
 */
public final class BackupSearch {
    private static final int DEEPEST = 8;

    private BackupSearch() {}

    /**
     * A backup that seems to be one.
     *
     * @param account empty where nothing says it
     * @param made when, by its manifest, else by the time of its file
     * @param fault why it is none; empty where nothing is wrong at first sight
     */
    public record Found(StoredBackup backup, String account, String stream, Instant made, String fault) {}

    /** All of them, in the order of their paths. */
    public static List<Found> below(String name) throws BackupFault {
        Path root;
        try {
            root = Path.of(name);
        } catch (InvalidPathException e) {
            throw new BackupFault("The name " + Quote.of(name) + " is not a path.");
        }
        if (!Files.isDirectory(root)) {
            throw new BackupFault("There is no directory " + Quote.of(name) + ".");
        }
        var directories = new ArrayList<Path>();
        try {
            walk(root, 0, directories);
        } catch (IOException e) {
            throw new BackupFault("The directory " + Quote.of(name) + " cannot be read; check its permissions.");
        }
        return directories.stream()
                .sorted()
                .map(StoredBackup::new)
                .filter(StoredBackup::there)
                .map(b -> found(b, root))
                .toList();
    }

    private static void walk(Path directory, int depth, List<Path> all) throws IOException {
        all.add(directory);
        if (depth == DEEPEST) {
            return;
        }
        try (Stream<Path> inside = Files.list(directory)) {
            for (Path p : inside.sorted(Comparator.naturalOrder()).toList()) {
                boolean partial = BackupDirectory.PARTIAL.equals(String.valueOf(p.getFileName()));
                if (!partial && Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS)) {
                    walk(p, depth + 1, all);
                }
            }
        }
    }

    private static Found found(StoredBackup backup, Path root) {
        try {
            Optional<BackupManifest> manifest = backup.manifest();
            if (manifest.isPresent()) {
                BackupManifest m = manifest.get();
                return new Found(backup, m.account(), m.stream(), m.taken(), "");
            }
            BackupFile file = backup.file();
            Instant made = Files.getLastModifiedTime(backup.directory().resolve(StoredBackup.FILE))
                    .toInstant();
            return new Found(backup, around(backup, root), file.stream(), made, "");
        } catch (BackupFault e) {
            return new Found(backup, "", "", Instant.EPOCH, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Found(backup, "", "", Instant.EPOCH, "It cannot be read.");
        }
    }

    private static String around(StoredBackup backup, Path root) {
        Path parent = backup.directory().toAbsolutePath().normalize().getParent();
        boolean outside = backup.directory().equals(root);
        Path name = parent == null || outside ? null : parent.getFileName();
        return name == null ? "" : DirectoryName.read(name.toString()).orElse("");
    }
}
