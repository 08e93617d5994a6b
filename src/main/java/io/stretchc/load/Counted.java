package io.stretchc.load;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was written down of a stream.
 *
 * @param taken messages that consumers took
 * @param reasons of refusals, how often; of a great many reasons only some
 */
public record Counted(
        long attempts, long acks, long timeouts, long refusals, long taken, SortedMap<String, Long> reasons) {
    public Counted {
        reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
    }

    /** Nothing yet. */
    public Counted() {
        this(0, 0, 0, 0, 0, new TreeMap<>());
    }

    /** The reason that was given most often, the first by name of several; none when nothing was refused. */
    public Optional<String> commonest() {
        return reasons.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
                .map(Map.Entry::getKey);
    }

    /** Both together. */
    public Counted plus(Counted o) {
        var all = new TreeMap<>(reasons);
        o.reasons.forEach((reason, n) -> all.merge(reason, n, Long::sum));
        return new Counted(
                attempts + o.attempts,
                acks + o.acks,
                timeouts + o.timeouts,
                refusals + o.refusals,
                taken + o.taken,
                all);
    }
}
