package io.stretchc.ledger;

/**
 * An ack floor that went back: the consumer gives again what it was told is done.
 *
 * @param highest that was seen of it
 * @param found what it was then
 * @param at when that was seen, nanoseconds into the run; -1 for the audit itself
 */
public record FloorBack(String stream, String consumer, long highest, long found, long at) {
    /** Whether it was still back when the audit looked. */
    public boolean lasting() {
        return at < 0;
    }
}
