package io.stretchc.binary;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A temporary directory that goes when it is closed. */
final class WorkDirectory implements AutoCloseable {
    private final Path path;
    private final OnExit onExit;

    WorkDirectory() throws IOException {
        path = Files.createTempDirectory("stretchc-fetch-");
        onExit = new OnExit(this::remove);
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            // apt, run by root, reads and downloads as a user without rights, who must get in; nothing here is secret
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        remove();
        onExit.close();
    }

    private void remove() {
        try {
            Files.walkFileTree(path, new Remover());
        } catch (IOException e) {
            // it is in the directory for temporary files, and nothing depends on it
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
