package io.stretchc.vault;

import io.stretchc.archive.Contents;
import io.stretchc.archive.DamagedArchive;
import io.stretchc.archive.StreamArchive;
import io.stretchc.backup.ArchiveFormat;
import io.stretchc.backup.BackupManifest;
import io.stretchc.backup.BackupManifest.FileSum;
import io.stretchc.codec.BackupCodec;
import io.stretchc.codec.BackupFile;
import io.stretchc.diag.Quote;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The directory of one backup: {@code backup.json} and {@code stream.tar.s2} or {@code stream.arc.s2}, as the {@code nats} CLI makes and takes them,
 * and where this program made it, its manifest, which the CLI does not look at.
 */
public final class StoredBackup {
    /** Configuration and state. */
    public static final String FILE = "backup.json";
    /** What both must be. */
    public static final String MANIFEST = "stretchc.json";

    private static final List<String> ARCHIVES = List.of(ArchiveFormat.TAR.file(), ArchiveFormat.MESSAGES.file());

    private static final long LARGEST_TEXT = 64L << 20;

    private final Path directory;

    /** A directory, whatever is in it. */
    public StoredBackup(Path directory) {
        this.directory = directory;
    }

    /**
     * A backup that was read to its end and is whole.
     *
     * @param manifest none where another program made it
     * @param sha256 of its archive
     */
    public record Whole(
            Path directory,
            Path archive,
            BackupFile file,
            Optional<BackupManifest> manifest,
            Contents contents,
            String sha256) {}

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    /** Whether it looks like a backup, whole or not. */
    public boolean there() {
        return Files.isRegularFile(directory.resolve(FILE), LinkOption.NOFOLLOW_LINKS)
                || !archives().isEmpty()
                || Files.isRegularFile(directory.resolve(MANIFEST), LinkOption.NOFOLLOW_LINKS);
    }

    /** Its manifest, with nothing else looked at; none when there is none, a fault when it is no good. */
    public Optional<BackupManifest> manifest() throws BackupFault {
        Path path = directory.resolve(MANIFEST);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        BackupCodec.Reading reading = new BackupCodec().read(text(path));
        if (reading instanceof BackupCodec.Reading.Good good) {
            return Optional.of(good.manifest());
        }
        throw fault("Its manifest " + MANIFEST + " " + ((BackupCodec.Reading.Bad) reading).why() + ".");
    }

    /** Its configuration and state, with nothing else looked at. */
    public BackupFile file() throws BackupFault {
        Path path = directory.resolve(FILE);
        if (!Files.isRegularFile(path)) {
            throw fault("It has no file " + FILE + ".");
        }
        return BackupFile.read(text(path))
                .orElseThrow(() -> fault("Its file " + FILE + " is not what the nats CLI writes."));
    }

    /** Whether the files are those of the manifest, by size and checksum; nothing is unpacked. */
    public boolean intact(BackupManifest manifest) {
        try {
            for (FileSum sum : manifest.files()) {
                Path path = directory.resolve(sum.name());
                if (!Files.isRegularFile(path)
                        || Files.size(path) != sum.bytes()
                        || !FileHash.of(path).equals(sum.sha256())) {
                    return false;
                }
            }
            return manifest.files().size() == 2;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads all of it, once: files against the manifest if there is one, and the archive to its end. Changes nothing. */
    public Whole check() throws BackupFault {
        Optional<BackupManifest> manifest = manifest();
        BackupFile file = file();
        List<Path> archives = archives();
        if (archives.size() != 1) {
            throw fault(
                    archives.isEmpty()
                            ? "It has no archive, neither " + ArchiveFormat.TAR.file() + " nor "
                                    + ArchiveFormat.MESSAGES.file() + "."
                            : "It has two archives, of which one must be another's.");
        }
        Path archive = archives.get(0);
        try {
            if (manifest.isPresent()) {
                against(manifest.get(), file);
            }
            return read(archive, file, manifest);
        } catch (IOException e) {
            throw fault("It cannot be read; check its permissions and the disk.");
        }
    }

    /** The archive once, to its end: for what is in it, and for its checksum. */
    private Whole read(Path archive, BackupFile file, Optional<BackupManifest> manifest)
            throws BackupFault, IOException {
        MessageDigest digest = FileHash.begin();
        try (var in = new DigestInputStream(new BufferedInputStream(Files.newInputStream(archive), 1 << 16), digest)) {
            Contents contents = null;
            BackupFault damage = null;
            try {
                contents = StreamArchive.check(in);
            } catch (DamagedArchive e) {
                damage = fault("Its archive " + name(archive) + " " + e.getMessage() + ".");
            }
            in.transferTo(OutputStream.nullOutputStream());
            String hash = FileHash.text(digest);
            if (manifest.isPresent() && !names(manifest.get(), archive, hash)) {
                throw changed(name(archive));
            }
            if (contents == null) {
                throw Objects.requireNonNull(damage);
            }
            return new Whole(directory, archive, file, manifest, counted(contents, file), hash);
        }
    }

    /** Whether the manifest's checksum of a file is this one, or it has none. */
    private static boolean names(BackupManifest manifest, Path path, String hash) {
        return manifest.files().stream()
                .filter(f -> f.name().equals(name(path)))
                .allMatch(f -> f.sha256().equals(hash));
    }

    private void against(BackupManifest manifest, BackupFile file) throws BackupFault, IOException {
        for (FileSum sum : manifest.files()) {
            if (!sum.name().equals(FILE) && !ARCHIVES.contains(sum.name())) {
                throw fault("Its manifest names a file that no backup has.");
            }
            Path path = directory.resolve(sum.name());
            long size = Files.isRegularFile(path) ? Files.size(path) : 0;
            if (size != sum.bytes()) {
                throw fault("Its file " + sum.name() + " has " + size + " bytes, and was written with " + sum.bytes()
                        + ": it is cut off, or was replaced.");
            }
            if (sum.name().equals(FILE) && !FileHash.of(path).equals(sum.sha256())) {
                throw changed(sum.name());
            }
        }
        if (manifest.files().size() != 2 || !manifest.stream().equals(file.stream())) {
            throw fault("Its manifest is that of another backup.");
        }
    }

    private BackupFault changed(String name) {
        return fault("Its file " + name + " was changed after it was written: its SHA-256 is another.");
    }

    private Contents counted(Contents contents, BackupFile file) throws BackupFault {
        if (contents.messages() >= 0
                && contents.lastSequence() > 0
                && file.counts().messages() > 0
                && contents.messages() < file.counts().messages()
                && contents.lastSequence() < file.counts().lastSequence()) {
            throw fault("Its archive holds " + contents.messages() + " messages, and " + FILE + " says "
                    + file.counts().messages() + ".");
        }
        return contents;
    }

    private List<Path> archives() {
        return ARCHIVES.stream()
                .map(directory::resolve)
                .filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private String text(Path path) throws BackupFault {
        try {
            if (Files.size(path) > LARGEST_TEXT) {
                throw fault("Its file " + path.getFileName() + " is too large to be what it should be.");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw fault("Its file " + path.getFileName() + " cannot be read, or is not text.");
        }
    }

    private BackupFault fault(String why) {
        return new BackupFault("The backup in " + Quote.of(directory) + " is not used. " + why);
    }
}
