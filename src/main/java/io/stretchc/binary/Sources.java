package io.stretchc.binary;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The sources of this machine, in the order of {@link SourceName}. */
final class Sources {
    private static final URI RELEASES = URI.create("https://github.com/nats-io/nats-server/releases/download/");

    private Sources() {}

    static List<BinarySource> of(Map<String, String> environment) {
        return List.of(
                new ReleaseSource(RELEASES, Platform.current(), new Download(environment)),
                new DebianSource(environment, Path.of("/etc/apt")),
                new GoSource(environment),
                new WheelSource(environment));
    }
}
