package io.stretchc.ledger;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The audit of one stream.
 *
 * @param leader the server whose copy was held against the ledger; null when there was none, and only the ledger's own
 *     figures mean something
 * @param lost acknowledged, not in the leader's copy, and nothing but a loss explains it
 * @param held how many of the lost ones another server still has, by server
 * @param rpo nanoseconds from the sending of the first lost message to the ack of the last one; 0 when none is lost
 * @param duplicated stored at more than one sequence
 * @param unexpected in the stream, and by the ledger never sent
 * @param divergences copies that contradict the leader's
 * @param behind how many of the leader's last messages a copy does not have yet, by server
 * @param copies servers that were read, with the number of messages
 */
public record StreamAudit(
        Header.Stream stream,
        @Nullable String leader,
        Counts counts,
        Map<Loss, Intervals> lost,
        SortedMap<String, Long> held,
        long rpo,
        Silence silence,
        Intervals duplicated,
        Intervals unexpected,
        List<Divergence> divergences,
        SortedMap<String, Long> behind,
        List<FloorBack> floorsBack,
        SortedMap<String, Integer> copies,
        SortedMap<String, String> unread) {
    public StreamAudit {
        lost = Collections.unmodifiableMap(new EnumMap<>(lost));
        held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
        behind = Collections.unmodifiableSortedMap(new TreeMap<>(behind));
        divergences = List.copyOf(divergences);
        floorsBack = List.copyOf(floorsBack);
        copies = Collections.unmodifiableSortedMap(new TreeMap<>(copies));
        unread = Collections.unmodifiableSortedMap(new TreeMap<>(unread));
    }

    /**
     * How many messages.
     *
     * @param attempts sendings, repeated ones included
     * @param messages sent at least once
     * @param acked acknowledged
     * @param ok sent and read
     * @param recovered of no known outcome, and read
     * @param unknown of no known outcome, and not read
     * @param refused refused at every attempt, and not read
     * @param overwritten acknowledged, and replaced by a later one of the same key, of this run or of anybody
     * @param taken acknowledged, gone from the stream, and delivered to a consumer before
     * @param untold acknowledged, gone, and perhaps rightly so: taken by a consumer after the end of the ledger, or dropped
     *     by the limits of the stream
     * @param beyond read, and sent after the ledger was cut off
     * @param foreign read, and not of this run
     */
    public record Counts(
            long attempts,
            long messages,
            long acked,
            long ok,
            long recovered,
            long unknown,
            long refused,
            long overwritten,
            long taken,
            long untold,
            long beyond,
            long foreign,
            long timeouts,
            long refusals) {}

    /** How many acknowledged messages are lost: the RPO in messages. */
    public long lostMessages() {
        return lost.values().stream().mapToLong(Intervals::messages).sum();
    }

    /** Whether a copy has a message of this run. */
    public boolean seen() {
        return counts.ok() - counts.taken() + counts.beyond() + unexpected.messages() > 0 || !held.isEmpty();
    }

    /** Whether something was promised and not kept. */
    public boolean broken() {
        return lostMessages() > 0
                || duplicated.messages() > 0
                || unexpected.messages() > 0
                || !divergences.isEmpty()
                || floorsBack.stream().anyMatch(FloorBack::lasting);
    }
}
