package io.stretchc.load;

/**
 * What was written down of a stream.
 *
 * @param taken messages that consumers took
 */
public record Counted(long attempts, long acks, long timeouts, long refusals, long taken) {
    /** Both together. */
    public Counted plus(Counted o) {
        return new Counted(
                attempts + o.attempts, acks + o.acks, timeouts + o.timeouts, refusals + o.refusals, taken + o.taken);
    }
}
