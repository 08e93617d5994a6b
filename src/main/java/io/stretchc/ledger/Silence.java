package io.stretchc.ledger;

/**
 * The longest time in which a stream acknowledged nothing while messages were sent to it: its RTO as clients felt it, which
 * is never less than the pause between two messages.
 *
 * @param from when it began, nanoseconds into the run
 * @param nanos how long it was
 */
public record Silence(long from, long nanos) {
    Silence orLonger(long begin, long end) {
        return end - begin > nanos ? new Silence(begin, end - begin) : this;
    }
}
