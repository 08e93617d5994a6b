package io.stretchc.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the labs of this user are: {@code STRETCHC_STATE/lab}, else {@code XDG_STATE_HOME/stretchc/lab}, else
 * {@code ~/.local/state/stretchc/lab}, with a directory for each.
 */
public final class LabHome {
    private final Path labs;

    private LabHome(Path labs) {
        this.labs = labs;
    }

    /**
     * The place that the environment says.
     *
     * @throws LabFault when it says none
     */
    public static LabHome of(Map<String, String> environment) throws LabFault {
        String own = environment.getOrDefault("STRETCHC_STATE", "");
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (!own.isEmpty()) {
            return new LabHome(Path.of(own).toAbsolutePath().resolve("lab"));
        }
        if (!xdg.isEmpty()) {
            return new LabHome(Path.of(xdg).toAbsolutePath().resolve("stretchc/lab"));
        }
        if (!home.isEmpty()) {
            return new LabHome(Path.of(home).toAbsolutePath().resolve(".local/state/stretchc/lab"));
        }
        throw new LabFault(
                LabFault.Reason.INVALID,
                "There is no place for the state of labs: set STRETCHC_STATE to a directory, or HOME.");
    }

    /** The directory of a lab. */
    Path directory(LabName name) {
        return labs.resolve(name.text());
    }

    StateFile file(LabName name) {
        return new StateFile(directory(name).resolve("lab.json"));
    }

    /** The lab of this name, if there is one. */
    public Optional<LabState> find(LabName name) throws LabFault {
        return file(name).read();
    }

    /** All labs whose state can be read, by name: one that is damaged is no reason to leave the others alone. */
    public List<LabState> all() throws LabFault {
        var all = new ArrayList<LabState>();
        for (LabName name : names()) {
            try {
                find(name).ifPresent(all::add);
            } catch (LabFault e) {
                // told by broken()
            }
        }
        return all;
    }

    /** What is wrong with labs whose state cannot be read, or is gone, a sentence each. */
    public List<String> broken() throws LabFault {
        var all = new ArrayList<String>();
        for (LabName name : names()) {
            try {
                if (find(name).isEmpty()) {
                    all.add("There is a directory of a lab `" + name + "` without its state: `stretchc lab down --lab "
                            + name + "` ends what runs of it.");
                }
            } catch (LabFault e) {
                all.add(e.getMessage());
            }
        }
        return all;
    }

    /**
     * Ends what runs of a lab whose state cannot be read, and deletes its directory.
     *
     * @return how many processes ran
     */
    public int clear(LabName name) throws LabFault {
        int ended = Processes.killBelow(directory(name));
        delete(name);
        return ended;
    }

    /** Whether there is anything of a lab of this name. */
    public boolean exists(LabName name) {
        return Files.isDirectory(directory(name));
    }

    private List<LabName> names() throws LabFault {
        if (!Files.isDirectory(labs)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(labs)) {
            return list.filter(Files::isDirectory)
                    .map(p -> LabName.parse(p.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LabFault(LabFault.Reason.UNREACHABLE, "The directory of the labs, " + labs + ", cannot be read.");
        }
    }

    /** Makes the directory of a lab, for its owner alone. */
    void create(LabName name) throws LabFault {
        try {
            Path directory = directory(name);
            Files.createDirectories(directory.getParent());
            if (!Files.isDirectory(directory)) {
                if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.createDirectory(
                            directory,
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    Files.createDirectory(directory);
                }
            }
        } catch (IOException e) {
            throw new LabFault(
                    LabFault.Reason.UNREACHABLE,
                    "The directory of the lab cannot be made in " + labs
                            + ": check that it may be written to, or set STRETCHC_STATE to another.");
        }
    }

    /** Deletes all that a lab has on disk. */
    void delete(LabName name) throws LabFault {
        delete(directory(name));
    }

    /** Deletes a directory with all that is in it; one that is not there is no fault. */
    static void delete(Path directory) throws LabFault {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new LabFault(
                    LabFault.Reason.UNREACHABLE,
                    directory + " cannot be deleted as a whole: check who owns what is left in it.");
        }
    }

    /**
     * Keeps other commands from changing the same lab until it is closed.
     *
     * @throws LabFault when one does so now
     */
    java.io.Closeable lock(LabName name) throws LabFault {
        create(name);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    labs.resolve(name.text() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            close(channel);
        } catch (IOException e) {
            close(channel);
            throw new LabFault(LabFault.Reason.UNREACHABLE, "The lab cannot be locked in " + labs + ".");
        }
        throw new LabFault(
                LabFault.Reason.REFUSED,
                "Another command is changing the lab `" + name + "` now: wait until it has ended.");
    }

    private static void close(java.io.@org.jspecify.annotations.Nullable Closeable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (IOException e) {
            // there is nothing to lose
        }
    }
}
