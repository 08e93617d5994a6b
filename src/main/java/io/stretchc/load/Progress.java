package io.stretchc.load;

import java.util.SortedMap;

/**
 * How far a load is.
 *
 * @param elapsed seconds since it began
 * @param draining whether no new messages are sent any more
 * @param open messages whose fate is not known yet
 */
public record Progress(long elapsed, boolean draining, long open, SortedMap<String, Counted> streams) {
    /** All streams together. */
    public Counted total() {
        return streams.values().stream().reduce(new Counted(), Counted::plus);
    }
}
