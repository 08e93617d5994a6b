package io.stretchc.drill;

import java.util.List;

/**
 * What an audit found, as far as a drill needs it.
 *
 * @param verdict kept, broken or open
 */
public record AuditFacts(String verdict, List<Stream> streams) {
    public AuditFacts {
        streams = List.copyOf(streams);
    }

    /**
     * A stream.
     *
     * @param lost acknowledged messages that are gone
     * @param ranges which they are; fewer than {@code lost} when there are very many
     * @param rpoSeconds from the sending of the first lost one to the ack of the last
     * @param otherwise what else is wrong: messages twice or never sent, copies that differ, ack floors that went back
     */
    public record Stream(String name, long lost, List<Range> ranges, double rpoSeconds, long otherwise) {
        public Stream {
            ranges = List.copyOf(ranges);
        }
    }

    /** Messages of one writer, by counter, both ends included. */
    public record Range(String writer, long first, long last) {}
}
