package io.stretchc.ledger;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Puts each message of a stream into the one class that it belongs to. */
final class Sorting {
    private final Book book;
    private final int stream;
    private final Kind kind;
    private final Sightings sightings;
    private final Doubt doubt;
    private final Map<Loss, Intervals> lost = new EnumMap<>(Loss.class);
    private final Intervals duplicated = new Intervals();
    private final List<BitSet> missing = new ArrayList<>();
    private long messages;
    private long acked;
    private long ok;
    private long recovered;
    private long unknown;
    private long refused;
    private long overwritten;
    private long taken;
    private long untold;
    private long firstKept = Long.MAX_VALUE;
    private long lastKept = Long.MIN_VALUE;
    private long firstLostSent = Long.MAX_VALUE;
    private long lastLostAcked = Long.MIN_VALUE;

    /** Sorts the messages. If there is no leader's copy, nothing is lost and nothing known. */
    Sorting(Book book, int stream, Sightings sightings, StreamCopies copies) {
        boolean readable = copies.leader() != null;
        this.doubt = new Doubt(book, book.header().streams().get(stream), copies);
        this.book = book;
        this.stream = stream;
        this.kind = book.header().streams().get(stream).kind();
        this.sightings = sightings;
        for (Loss loss : Loss.values()) {
            lost.put(loss, new Intervals());
        }
        for (int w = 0; w < book.tracks().size(); w++) {
            missing.add(new BitSet());
            if (book.tracks().get(w).stream() == stream) {
                sort(w, book.tracks().get(w), readable);
            }
        }
        for (int w = 0; w < missing.size(); w++) {
            place(book.tracks().get(w), missing.get(w));
        }
    }

    private void sort(int w, Track track, boolean readable) {
        for (int n = 1; n <= track.size(); n++) {
            messages++;
            boolean promised = track.acked(n);
            acked += promised ? 1 : 0;
            if (!readable) {
                unknown += promised || track.refused(n) ? 0 : 1;
                refused += !promised && track.refused(n) ? 1 : 0;
                continue;
            }
            if (twice(w, track, n)) {
                duplicated.add(track.writer(), n);
            }
            boolean delivered = kind == Kind.QUEUE && track.takenAt(n) != 0;
            if (sightings.sequence(w, n) != 0 || delivered) {
                ok++;
                taken += sightings.sequence(w, n) == 0 ? 1 : 0;
                recovered += promised ? 0 : 1;
                keep(track, n);
            } else if (!promised) {
                refused += track.refused(n) ? 1 : 0;
                unknown += track.refused(n) ? 0 : 1;
            } else if (kind == Kind.LATEST && sightings.overwritten(w, n, track.sequence(n))) {
                overwritten++;
                keep(track, n);
            } else if (doubt.covers(track.sequence(n))) {
                untold++;
            } else {
                missing.get(w).set(n);
                firstLostSent = Math.min(firstLostSent, track.sentAt(n));
                lastLostAcked = Math.max(lastLostAcked, track.ackedAt(n));
            }
        }
    }

    private boolean twice(int w, Track track, int n) {
        long read = sightings.sequence(w, n);
        long delivered = kind == Kind.QUEUE ? track.takenAt(n) : 0;
        return sightings.twice(w, n)
                || (kind == Kind.QUEUE && track.takenTwice(n))
                || (read != 0 && delivered != 0 && read != delivered);
    }

    private void keep(Track track, int n) {
        if (track.acked(n)) {
            firstKept = Math.min(firstKept, track.ackedAt(n));
            lastKept = Math.max(lastKept, track.ackedAt(n));
        }
    }

    private void place(Track track, BitSet absent) {
        for (int n = absent.nextSetBit(0); n >= 0; n = absent.nextSetBit(n + 1)) {
            Loss loss = firstKept == Long.MAX_VALUE || track.ackedAt(n) < firstKept
                    ? Loss.PREFIX
                    : track.ackedAt(n) > lastKept ? Loss.POSTFIX : Loss.MIDDLE;
            lost(loss).add(track.writer(), n);
        }
    }

    private Intervals lost(Loss loss) {
        return lost.computeIfAbsent(loss, l -> new Intervals());
    }

    /** Acknowledged messages that are gone. */
    Map<Loss, Intervals> lost() {
        return lost;
    }

    Intervals duplicated() {
        return duplicated;
    }

    /** Nanoseconds from the sending of the first lost message to the ack of the last one. */
    long rpo() {
        return lastLostAcked == Long.MIN_VALUE ? 0 : lastLostAcked - firstLostSent;
    }

    /** How many of the lost messages a copy has. */
    long held(Readback copy) {
        var found = new ArrayList<BitSet>();
        missing.forEach(m -> found.add(new BitSet()));
        long held = 0;
        for (int i = 0; i < copy.size(); i++) {
            int w = copy.writer(i);
            if (w >= 0 && copy.counter(i) <= book.tracks().get(w).size()) {
                int n = (int) copy.counter(i);
                if (missing.get(w).get(n) && !found.get(w).get(n)) {
                    found.get(w).set(n);
                    held++;
                }
            }
        }
        return held;
    }

    StreamAudit.Counts counts() {
        Book.Totals totals = book.totals(stream);
        return new StreamAudit.Counts(
                totals.attempts(),
                messages,
                acked,
                ok,
                recovered,
                unknown,
                refused,
                overwritten,
                taken,
                untold,
                sightings.beyond(),
                sightings.foreign(),
                totals.timeouts(),
                totals.refusals());
    }
}
