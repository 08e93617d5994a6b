package io.stretchc.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A ledger, entry by entry. It keeps numbers and not the entries, so that a ledger of millions of lines can be read.
 *
 * <p>A writer's counters begin with 1 and none is left out; an outcome follows its attempt. What breaks this is a fault.
 */
public final class Book {
    private static final int MOST_REASONS = 20;

    private final Header header;
    private final SortedMap<String, Integer> writers = new TreeMap<>();
    private final SortedMap<String, Integer> streams = new TreeMap<>();
    private final List<Track> tracks = new ArrayList<>();
    private final List<Totals> totals = new ArrayList<>();
    private final SortedMap<String, Long> floors = new TreeMap<>();
    private final List<FloorBack> dips = new ArrayList<>();
    private final List<Entry.Moved> moves = new ArrayList<>();
    private final Folding folding = new Folding();
    private @Nullable LedgerFault fault;
    private boolean ended;
    private boolean torn;

    /** An empty book. */
    public Book(Header header) throws LedgerFault {
        this.header = header;
        for (Header.Stream stream : header.streams()) {
            if (streams.put(stream.name(), streams.size()) != null) {
                throw new LedgerFault("the stream " + stream.name() + " is named twice");
            }
            totals.add(new Totals());
        }
        for (Header.Writer writer : header.writers()) {
            Integer stream = streams.get(writer.stream());
            if (stream == null) {
                throw new LedgerFault("writer " + writer.id() + " has the unknown stream " + writer.stream());
            }
            if (writers.put(writer.id(), tracks.size()) != null) {
                throw new LedgerFault("the writer " + writer.id() + " is named twice");
            }
            tracks.add(new Track(writer.id(), stream));
        }
    }

    /** Takes down one entry. */
    public void add(Entry entry) throws LedgerFault {
        entry.accept(folding);
        LedgerFault found = fault;
        if (found != null) {
            fault = null;
            throw found;
        }
    }

    /** Says that the last line was cut off while it was written. */
    public void tear() {
        torn = true;
    }

    public Header header() {
        return header;
    }

    /** Whether the run ended as it should. */
    public boolean ended() {
        return ended;
    }

    /** Whether the last line was cut off. */
    public boolean torn() {
        return torn;
    }

    /** Where the writers of each site were connected, in order. */
    public List<Entry.Moved> moves() {
        return Collections.unmodifiableList(moves);
    }

    /** What was counted of a stream of the header. */
    public Totals totals(int stream) {
        return totals.get(stream);
    }

    /** Ack floors that went back while the load ran, and whatever became of them later. */
    List<FloorBack> dips() {
        return dips;
    }

    /** The highest ack floor that was seen of a consumer; -1 for none. */
    long floor(String stream, String consumer) {
        return floors.getOrDefault(stream + " " + consumer, -1L);
    }

    List<Track> tracks() {
        return tracks;
    }

    /** The index of a writer; -1 for an unknown one. */
    int writer(String id) {
        return writers.getOrDefault(id, -1);
    }

    /** Counts of a stream. */
    public static final class Totals {
        private long attempts;
        private long acks;
        private long timeouts;
        private long refusals;
        private long taken;
        private long firstSent = Long.MAX_VALUE;
        private long lastSent = Long.MIN_VALUE;
        private int ackTimes;
        private long[] ackedAt = new long[64];
        private final SortedMap<String, Long> reasons = new TreeMap<>();

        private void ackedAt(long at) {
            if (ackTimes == ackedAt.length) {
                ackedAt = Arrays.copyOf(ackedAt, ackTimes * 2);
            }
            ackedAt[ackTimes++] = at;
        }

        public long attempts() {
            return attempts;
        }

        public long acks() {
            return acks;
        }

        public long timeouts() {
            return timeouts;
        }

        public long refusals() {
            return refusals;
        }

        /** Messages that consumers took. */
        public long taken() {
            return taken;
        }

        /** Why messages were refused, how often. */
        public Map<String, Long> reasons() {
            return Collections.unmodifiableMap(reasons);
        }

        /** The longest time without an ack, from the first attempt to the last. */
        Silence silence() {
            long[] times = Arrays.copyOf(ackedAt, ackTimes);
            Arrays.sort(times);
            if (firstSent == Long.MAX_VALUE) {
                return new Silence(0, 0);
            }
            long from = firstSent;
            Silence longest = new Silence(firstSent, 0);
            for (long t : times) {
                longest = longest.orLonger(from, t);
                from = Math.max(from, t);
            }
            return longest.orLonger(from, lastSent);
        }
    }

    /** Folds entries in. A visitor cannot throw a checked exception, so that a fault is laid aside. */
    private final class Folding implements Entry.Visitor<Boolean> {
        @Override
        public Boolean attempt(Entry.Attempt e) {
            return on(e.writer(), (track, t) -> {
                track.attempt(e.counter(), e.at());
                t.attempts++;
                t.firstSent = Math.min(t.firstSent, e.at());
                t.lastSent = Math.max(t.lastSent, e.at());
            });
        }

        @Override
        public Boolean acked(Entry.Acked e) {
            return on(e.writer(), (track, t) -> {
                if (!header.streams().get(track.stream()).name().equals(e.stream())) {
                    throw new LedgerFault("writer " + e.writer() + " does not send to the stream " + e.stream());
                }
                track.ack(e.counter(), e.at(), e.sequence());
                t.acks++;
                t.ackedAt(e.at());
            });
        }

        @Override
        public Boolean timedOut(Entry.TimedOut e) {
            return on(e.writer(), (track, t) -> {
                track.check(e.counter());
                t.timeouts++;
            });
        }

        @Override
        public Boolean refused(Entry.Refused e) {
            return on(e.writer(), (track, t) -> {
                track.refuse(e.counter());
                t.refusals++;
                if (t.reasons.size() < MOST_REASONS || t.reasons.containsKey(e.reason())) {
                    t.reasons.merge(e.reason(), 1L, Long::sum);
                }
            });
        }

        @Override
        public Boolean consumerAck(Entry.ConsumerAck e) {
            Integer stream = streams.get(e.stream());
            if (stream == null) {
                fault = new LedgerFault("there is no stream " + e.stream() + " in the header");
                return false;
            }
            totals.get(stream).taken++;
            int writer = writer(e.writer());
            if (writer >= 0 && tracks.get(writer).stream() == stream) {
                tracks.get(writer).take(e.counter(), e.sequence());
            }
            return true;
        }

        @Override
        public Boolean floor(Entry.Floor e) {
            String key = e.stream() + " " + e.consumer();
            long highest = floors.getOrDefault(key, -1L);
            if (e.sequence() < highest) {
                dips.add(new FloorBack(e.stream(), e.consumer(), highest, e.sequence(), e.at()));
            }
            floors.put(key, Math.max(highest, e.sequence()));
            return true;
        }

        @Override
        public Boolean moved(Entry.Moved e) {
            moves.add(e);
            return true;
        }

        @Override
        public Boolean ended(Entry.Ended e) {
            ended = true;
            return true;
        }

        private boolean on(String writer, Change change) {
            int index = writer(writer);
            try {
                if (index < 0) {
                    throw new LedgerFault("there is no writer " + writer + " in the header");
                }
                Track track = tracks.get(index);
                change.make(track, totals.get(track.stream()));
                return true;
            } catch (LedgerFault e) {
                fault = e;
                return false;
            }
        }
    }

    private interface Change {
        void make(Track track, Totals totals) throws LedgerFault;
    }
}
