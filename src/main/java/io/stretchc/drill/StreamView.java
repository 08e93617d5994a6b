package io.stretchc.drill;

import java.util.List;

/**
 * A stream as those saw it that wrote to it.
 *
 * @param acked messages that were acknowledged
 * @param acks in each second of the load
 * @param failures attempts that were refused or timed out, in each second of the load
 * @param outage the longest time without an ack of those that touch the loss and what followed
 * @param back when the last time without an ack ended that clients had to sit out before all was over; a stream may come
 *     back and go away once more
 */
public record StreamView(
        String name, long acked, List<Integer> acks, List<Integer> failures, Outage outage, long back) {
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
