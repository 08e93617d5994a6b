package io.stretchc.binary;

import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.nio.file.Path;

/** One place that nats-server binaries can be fetched from. Every call ends within a bounded time. */
interface BinarySource {
    /** Which one it is. */
    SourceName name();

    /**
     * Fetches a release. Whether the file is what it should be is found out by the caller, who asks it its version.
     *
     * @param work an empty directory for whatever is needed on the way; the caller removes it
     * @return the executable, inside {@code work}
     * @throws SourceFault when it cannot be had here, with the reason
     * @throws IOException when {@code work} cannot be used
     */
    Path get(ServerVersion version, Path work) throws SourceFault, IOException;
}
