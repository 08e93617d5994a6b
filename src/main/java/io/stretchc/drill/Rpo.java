package io.stretchc.drill;

import java.util.SortedMap;

/**
 * What was acknowledged and is gone. What no survivor of the site's loss had is the price of that loss; anything else
 * is a broken promise.
 *
 * @param lost acknowledged messages that are gone
 * @param promised of these, the ones that a survivor held, or that were acknowledged after the loss
 * @param seconds from the sending of the first lost one to the ack of the last, of the stream where it is longest
 * @param otherwise other broken promises, such as messages stored twice
 */
public record Rpo(long lost, long promised, double seconds, long otherwise) {
    /**
     * Counts.
     *
     * @param held the last sequence that a survivor has, by stream; a stream that is not in it keeps all
     * @param killed when the site was lost
     */
    public static Rpo of(AuditFacts audit, ClientView view, SortedMap<String, Long> held, long killed) {
        long lost = 0;
        long promised = 0;
        long otherwise = 0;
        double seconds = 0;
        for (AuditFacts.Stream stream : audit.streams()) {
            lost += stream.lost();
            otherwise += stream.otherwise();
            seconds = Math.max(seconds, stream.rpoSeconds());
            long excused = stream.ranges().stream()
                    .mapToLong(r -> excused(stream.name(), r, view, held, killed))
                    .sum();
            promised += stream.lost() - excused;
        }
        return new Rpo(lost, promised, seconds, otherwise);
    }

    private static long excused(
            String stream, AuditFacts.Range range, ClientView view, SortedMap<String, Long> held, long killed) {
        Long last = held.get(stream);
        if (last == null) {
            return 0;
        }
        long count = 0;
        for (long n = range.first(); n <= range.last(); n++) {
            if (view.ack(stream, range.writer(), n)
                    .filter(a -> a.at() <= killed && a.sequence() > last)
                    .isPresent()) {
                count++;
            }
        }
        return count;
    }
}
