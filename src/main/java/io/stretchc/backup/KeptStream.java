package io.stretchc.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backup of a stream that is whole, as a plan needs to know it.
 *
 * @param path of its directory, below the directory of backups that was named
 * @param sha256 of its archive, hexadecimal digits
 * @param taken when; none when nothing says so but the file's own time
 */
public record KeptStream(
        String account,
        String stream,
        String path,
        String sha256,
        @Nullable Instant taken,
        ArchiveFormat format,
        int replicas,
        long messages,
        long lastSequence) {}
