package io.stretchc.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** How a result that was made beside its place comes into it. */
final class Placed {
    private Placed() {}

    /** The directory in which what is to come into a place is made; none for one that is written to as it is. */
    static @Nullable Path beside(Path target) throws IOException {
        Path place = place(target);
        return special(place) ? null : place.toAbsolutePath().getParent();
    }

    /** A temporary file there, readable by its owner only. */
    static Path temporary(@Nullable Path directory, String name) throws IOException {
        return directory == null
                ? Files.createTempFile(name, ".tmp")
                : Files.createTempFile(directory, "." + name, ".tmp");
    }

    private static Path place(Path target) throws IOException {
        return Files.exists(target) ? target.toRealPath() : target;
    }

    private static boolean special(Path place) {
        return Files.exists(place) && !Files.isRegularFile(place) && !Files.isDirectory(place);
    }

    /**
     * Moves a file to its place, all of it at once. A link stays, and what it leads to is replaced; a device or a pipe is
     * written to, never replaced.
     */
    static void move(Path made, Path target) throws IOException {
        Path place = place(target);
        if (special(place)) {
            try (OutputStream out = Files.newOutputStream(place)) {
                Files.copy(made, out);
            }
            return;
        }
        Files.move(made, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
