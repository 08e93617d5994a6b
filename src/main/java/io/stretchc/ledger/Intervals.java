package io.stretchc.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Messages as intervals: those of one writer after the other, by rising counter. Only so many intervals are kept; all
 * messages are counted.
 */
public final class Intervals {
    private static final int MOST = 1000;

    private final List<Interval> list = new ArrayList<>();
    private long messages;
    private long omitted;

    /** Adds the next message. */
    void add(String writer, long counter) {
        messages++;
        Interval last = list.isEmpty() ? null : list.get(list.size() - 1);
        if (omitted == 0 && last != null && last.writer().equals(writer) && last.last() + 1 == counter) {
            list.set(list.size() - 1, new Interval(writer, last.first(), counter));
        } else if (list.size() < MOST) {
            list.add(new Interval(writer, counter, counter));
        } else {
            omitted++;
        }
    }

    /** The intervals, at most a thousand. */
    public List<Interval> list() {
        return List.copyOf(list);
    }

    /** How many messages there are. */
    public long messages() {
        return messages;
    }

    /** How many of them are in none of the intervals. */
    public long omitted() {
        return omitted;
    }
}
