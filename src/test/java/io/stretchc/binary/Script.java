package io.stretchc.binary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Small executables that stand for the programs which the finder runs. */
final class Script {
    private Script() {}

    /** An executable shell script. */
    static Path write(Path file, String body) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\n" + body + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What answers to {@code --version} as a nats-server of this version does. */
    static Path server(Path file, String version) {
        return write(file, "echo 'nats-server: v" + version + "'");
    }
}
