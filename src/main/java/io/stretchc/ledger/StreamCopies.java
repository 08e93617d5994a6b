package io.stretchc.ledger;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What could be read of a stream.
 *
 * @param leader the copy of its leader, which is what clients are given; null when there is none, and nothing can be said
 * @param others copies of its other replicas
 * @param unread servers whose copy could not be read, and why
 * @param floors ack floors of its consumers, by name
 */
public record StreamCopies(
        String stream,
        @Nullable Readback leader,
        List<Readback> others,
        SortedMap<String, String> unread,
        SortedMap<String, Long> floors) {
    public StreamCopies {
        others = List.copyOf(others);
        unread = Collections.unmodifiableSortedMap(new TreeMap<>(unread));
        floors = Collections.unmodifiableSortedMap(new TreeMap<>(floors));
    }
}
