package io.stretchc.binary;

import io.stretchc.topology.ServerVersion;
import java.nio.file.Path;

/**
 * A nats-server executable that was asked its version.
 *
 * @param executable absolute path
 * @param version what it answered to {@code --version}
 * @param origin where it was found
 */
public record ServerBinary(Path executable, ServerVersion version, Origin origin) {}
