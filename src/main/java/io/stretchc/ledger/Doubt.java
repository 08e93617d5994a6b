package io.stretchc.ledger;

/**
 * Whether a message that is gone may be gone rightly, without the ledger knowing. From a work queue anybody may have taken it
 * after the end of the ledger: after the last line of one that was cut off, or up to where the ack floor has gone since. And
 * limits of a stream (age, count, bytes) drop messages from its beginning, so that before the first one that is left
 * nothing is proven; a log that began anew begins at 1.
 */
final class Doubt {
    private final boolean cutOff;
    private final long floorThen;
    private final long floorNow;
    private final long first;

    Doubt(Book book, Header.Stream stream, StreamCopies copies) {
        String consumer = stream.consumer();
        boolean queue = stream.kind() == Kind.QUEUE;
        Readback leader = copies.leader();
        boolean there = leader != null && !leader.isGone();
        this.cutOff = queue && there && !book.ended();
        this.floorThen = consumer == null ? 0 : book.floor(stream.name(), consumer);
        this.floorNow = queue && there && consumer != null ? copies.floors().getOrDefault(consumer, 0L) : 0;
        this.first = !stream.limited() || leader == null || leader.isGone()
                ? 0
                : leader.size() == 0 ? Long.MAX_VALUE : leader.sequence(0);
    }

    /** Whether nothing is proven by the lack of a message that was stored at a sequence. */
    boolean covers(long sequence) {
        return cutOff || (sequence > floorThen && sequence <= floorNow) || sequence < first;
    }
}
