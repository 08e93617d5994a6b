package io.stretchc.drill;

import io.stretchc.ledger.Entry;
import io.stretchc.ledger.Header;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a load saw, entry by entry of its ledger. */
public final class ClientView {
    private static final long SECOND = 1_000_000_000L;

    private final SortedMap<String, String> streamOf = new TreeMap<>();
    private final SortedMap<String, Track> tracks = new TreeMap<>();
    private final List<String> names;
    private final Folding folding = new Folding();
    private long last;

    /** An empty view of a load's streams. */
    public ClientView(Header header) {
        header.writers().forEach(w -> streamOf.put(w.id(), w.stream()));
        this.names = header.streams().stream().map(Header.Stream::name).toList();
        names.forEach(n -> tracks.put(n, new Track()));
    }

    /** An acknowledged message. */
    public record Ack(long at, long sequence) {}

    private static final class Track {
        private final List<Ack> acks = new ArrayList<>();
        private final List<Long> failures = new ArrayList<>();
        private final SortedMap<String, SortedMap<Long, Ack>> byWriter = new TreeMap<>();
    }

    /** Takes down one entry. */
    public void add(Entry entry) {
        last = Math.max(last, entry.at());
        entry.accept(folding);
    }

    /** The time of the last entry. */
    public long last() {
        return last;
    }

    /** The first ack of a message, if there was one. */
    public Optional<Ack> ack(String stream, String writer, long counter) {
        return Optional.ofNullable(tracks.get(stream))
                .map(t -> t.byWriter.get(writer))
                .map(m -> m.get(counter));
    }

    /**
     * The streams, in the order of the ledger.
     *
     * @param from when the loss was
     * @param until when what followed was over
     */
    public List<StreamView> streams(long from, long until) {
        return names.stream().map(n -> view(n, from, until)).toList();
    }

    private StreamView view(String name, long from, long until) {
        Track track = java.util.Objects.requireNonNull(tracks.get(name));
        List<Ack> acks =
                track.acks.stream().sorted(Comparator.comparingLong(Ack::at)).toList();
        return new StreamView(
                name,
                acks.size(),
                perSecond(acks.stream().map(Ack::at).toList()),
                perSecond(track.failures),
                outage(acks, from, until),
                back(acks, from, until));
    }

    private List<Integer> perSecond(List<Long> times) {
        var counts = new int[(int) (last / SECOND) + 1];
        times.forEach(t -> counts[(int) Math.max(0, t / SECOND)]++);
        var list = new ArrayList<Integer>(counts.length);
        for (int c : counts) {
            list.add(c);
        }
        return list;
    }

    /** Gaps that ended before the loss, and those that began after all was over, are none of its business. */
    private StreamView.Outage outage(List<Ack> acks, long from, long until) {
        var longest = new StreamView.Outage(from, from, true);
        long begin = 0;
        for (Ack ack : acks) {
            if (ack.at() >= from && begin <= until && ack.at() - begin > longest.nanos()) {
                longest = new StreamView.Outage(begin, ack.at(), true);
            }
            begin = ack.at();
        }
        if (begin <= until && last - begin > longest.nanos()) {
            longest = new StreamView.Outage(begin, last, false);
        }
        return longest;
    }

    /** From two seconds on an absence is one; elections that nobody waits for are shorter. */
    private long back(List<Ack> acks, long from, long until) {
        long back = from;
        long begin = 0;
        for (Ack ack : acks) {
            if (ack.at() >= from && begin <= until && ack.at() - begin >= 2 * SECOND) {
                back = ack.at();
            }
            begin = ack.at();
        }
        return begin <= until ? Math.max(back, last) : back;
    }

    private void failed(String writer, long at) {
        String stream = streamOf.get(writer);
        Track track = stream == null ? null : tracks.get(stream);
        if (track != null) {
            track.failures.add(at);
        }
    }

    private final class Folding implements Entry.Visitor<Boolean> {
        @Override
        public Boolean attempt(Entry.Attempt e) {
            return true;
        }

        @Override
        public Boolean acked(Entry.Acked e) {
            String stream = streamOf.get(e.writer());
            Track track = stream == null ? null : tracks.get(stream);
            if (track == null) {
                return false;
            }
            var ack = new Ack(e.at(), e.sequence());
            track.acks.add(ack);
            track.byWriter.computeIfAbsent(e.writer(), w -> new TreeMap<>()).putIfAbsent(e.counter(), ack);
            return true;
        }

        @Override
        public Boolean timedOut(Entry.TimedOut e) {
            failed(e.writer(), e.at());
            return true;
        }

        @Override
        public Boolean refused(Entry.Refused e) {
            failed(e.writer(), e.at());
            return true;
        }

        @Override
        public Boolean consumerAck(Entry.ConsumerAck e) {
            return true;
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
            return true;
        }
    }
}
