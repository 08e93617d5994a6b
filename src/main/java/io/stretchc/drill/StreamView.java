package io.stretchc.drill;

import java.util.List;

/**
 * A stream as those saw it that wrote to it.
 *
 * @param acked messages that were acknowledged
 * @param acks in each second of the load
 * @param failures attempts that were refused or timed out, in each second of the load
 * @param outage the longest time without an ack of those that touch the loss and what followed
 */
public record StreamView(String name, long acked, List<Integer> acks, List<Integer> failures, Outage outage) {
    public StreamView {
        acks = List.copyOf(acks);
        failures = List.copyOf(failures);
    }

    /**
     * A time in which nothing was acknowledged, in nanoseconds since the load began.
     *
     * @param ended whether an ack ended it, and not the end of the load
     */
    public record Outage(long from, long to, boolean ended) {
        /** How long it was. */
        public long nanos() {
            return to - from;
        }
    }
}
