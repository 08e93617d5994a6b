package io.stretchc.real;

import java.nio.file.Path;

final class Binaries {
    static Path of(String version) {
        return Path.of("/tmp/bins", version, "nats-server");
    }
}
