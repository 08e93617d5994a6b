package io.stretchc.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger begins with.
 *
 * @param run id of the run, part of every payload and {@code Nats-Msg-Id}
 * @param started wall time at which the run's own clock, that of all entries, showed zero
 * @param account that the streams are in; empty when its name is not known
 * @param cluster of the server that the load was connected to; empty when its name is not known
 */
public record Header(
        String run, Instant started, String account, String cluster, List<Stream> streams, List<Writer> writers) {
    public Header {
        streams = List.copyOf(streams);
        writers = List.copyOf(writers);
    }

    /** One of a cluster whose name is not known. */
    public Header(String run, Instant started, String account, List<Stream> streams, List<Writer> writers) {
        this(run, started, account, "", streams, writers);
    }

    /**
     * A stream under load.
     *
     * @param keys subjects of each writer in a {@link Kind#LATEST} stream; a message with counter n goes to key n mod keys
     * @param consumer the durable consumer that takes part, if any
     * @param limited whether the stream may drop messages by its own limits, so that a lost prefix proves nothing
     */
    public record Stream(
            String name,
            Kind kind,
            int replicas,
            int keys,
            @Nullable String consumer,
            boolean limited) {}

    /** Who sends to a stream, from a site. */
    public record Writer(String id, String site, String stream) {}
}
