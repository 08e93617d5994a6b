package io.stretchc.load;

import io.stretchc.ledger.Entry;
import io.stretchc.ledger.Header;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what is written down, by stream, for those who watch the load. */
final class Tally implements Journal, Entry.Visitor<Boolean> {
    private static final int MOST_REASONS = 20;

    private final Journal next;
    private final SortedMap<String, long[]> counts = new TreeMap<>();
    private final SortedMap<String, String> streams = new TreeMap<>();

    private final SortedMap<String, SortedMap<String, Long>> reasons = new TreeMap<>();
    private boolean ended;

    Tally(Journal next) {
        this.next = next;
    }

    @Override
    public void begin(Header header) {
        synchronized (this) {
            header.streams().forEach(s -> counts.put(s.name(), new long[5]));
            header.writers().forEach(w -> streams.put(w.id(), w.stream()));
        }
        next.begin(header);
    }

    /** After the end nothing is added; an answer that comes even later is as none. */
    @Override
    public synchronized void add(Entry entry) {
        if (!ended) {
            next.add(entry);
            entry.accept(this);
        }
    }

    /** The counts so far. */
    synchronized SortedMap<String, Counted> counted() {
        var all = new TreeMap<String, Counted>();
        counts.forEach((stream, n) -> all.put(
                stream, new Counted(n[0], n[1], n[2], n[3], n[4], reasons.getOrDefault(stream, new TreeMap<>()))));
        return all;
    }

    @Override
    public Boolean attempt(Entry.Attempt e) {
        return count(streams.get(e.writer()), 0);
    }

    @Override
    public Boolean acked(Entry.Acked e) {
        return count(streams.get(e.writer()), 1);
    }

    @Override
    public Boolean timedOut(Entry.TimedOut e) {
        return count(streams.get(e.writer()), 2);
    }

    @Override
    public Boolean refused(Entry.Refused e) {
        String stream = streams.get(e.writer());
        if (stream != null) {
            SortedMap<String, Long> all = reasons.computeIfAbsent(stream, s -> new TreeMap<>());
            if (all.size() < MOST_REASONS || all.containsKey(e.reason())) {
                all.merge(e.reason(), 1L, Long::sum);
            }
        }
        return count(stream, 3);
    }

    @Override
    public Boolean consumerAck(Entry.ConsumerAck e) {
        return count(e.stream(), 4);
    }

    @Override
    public Boolean floor(Entry.Floor e) {
        return true;
    }

    @Override
    public Boolean moved(Entry.Moved e) {
        return true;
    }

    @Override
    public Boolean ended(Entry.Ended e) {
        ended = true;
        return true;
    }

    private boolean count(@org.jspecify.annotations.Nullable String stream, int what) {
        long[] n = stream == null ? null : counts.get(stream);
        if (n != null) {
            n[what]++;
        }
        return true;
    }
}
