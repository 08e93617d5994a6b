package io.stretchc.drive;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Copies the store directory of a server that runs. Files that the server takes away meanwhile are left out; those that it
 * appends to are copied as far as they were. A copy is complete when its directory has its final name.
 */
final class StoreCopy {
    private StoreCopy() {}

    /** Copies; bytes that were copied. A copy that is there already stays. */
    static long copy(Path store, Path target) throws IOException {
        if (Files.isDirectory(target)) {
            return 0;
        }
        Path made = target.resolveSibling(target.getFileName() + ".part");
        Files.createDirectories(made);
        var bytes = new long[1];
        Files.walkFileTree(store, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(made.resolve(store.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isRegularFile()) {
                    return FileVisitResult.CONTINUE;
                }
                try {
                    Path copy = made.resolve(store.relativize(file).toString());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                    bytes[0] += Files.size(copy);
                } catch (NoSuchFileException e) {
                    // taken away by the server, as it does with what it has compacted
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, java.io.@org.jspecify.annotations.Nullable IOException e) throws IOException {
                if (e != null && !(e instanceof NoSuchFileException)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        try {
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            return bytes[0];
        }
        return bytes[0];
    }
}
