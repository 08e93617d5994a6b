package io.stretchc.backup;

import io.stretchc.topology.ServerVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What a backup of a stream holds and how it is told that it is whole, beside the two files of the {@code nats} CLI.
 *
 * @param cluster that it was taken from
 * @param version of the server that made the archive
 * @param taken when that was asked for, whole seconds
 * @param state of the stream when the archive was begun; what was stored while it was made may be in it as well
 * @param live fingerprint of the stream and its consumers then: when it is the same later, nothing changed
 * @param files with what they must be
 * @param config of the stream, JSON
 */
public record BackupManifest(
        String account,
        String stream,
        String cluster,
        ServerVersion version,
        ArchiveFormat format,
        Instant taken,
        State state,
        String live,
        List<FileSum> files,
        String config,
        List<Consumer> consumers) {
    public BackupManifest {
        files = files.stream().sorted(Comparator.comparing(FileSum::name)).toList();
        consumers =
                consumers.stream().sorted(Comparator.comparing(Consumer::name)).toList();
    }

    /** Counts of a stream. */
    public record State(long messages, long bytes, long firstSequence, long lastSequence) {}

    /**
     * A file.
     *
     * @param sha256 hexadecimal digits
     */
    public record FileSum(String name, long bytes, String sha256) {}

    /**
     * A consumer when the archive was begun.
     *
     * @param config JSON
     */
    public record Consumer(String name, Position delivered, Position ackFloor, String config) {}

    /** A place of a consumer, by its own count and by the stream's. */
    public record Position(long consumer, long stream) {}
}
