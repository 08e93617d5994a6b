package io.stretchc.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Holds what streams give back against the ledger. */
public final class Audit {
    private Audit() {}

    /**
     * The audit of all streams of the ledger.
     *
     * @param copies of each stream of the header, in its order
     */
    public static AuditReport of(Book book, List<StreamCopies> copies) {
        var streams = new ArrayList<StreamAudit>();
        for (int s = 0; s < copies.size(); s++) {
            streams.add(stream(book, s, copies.get(s)));
        }
        return new AuditReport(book.header(), book.ended(), book.torn(), streams, book.moves());
    }

    private static StreamAudit stream(Book book, int index, StreamCopies copies) {
        Header.Stream stream = book.header().streams().get(index);
        var sightings = new Sightings(book, index);
        Readback leader = copies.leader();
        if (leader != null) {
            sightings.read(leader);
        }
        var sorting = new Sorting(book, index, sightings, copies);
        var divergences = new ArrayList<Divergence>();
        var behind = new TreeMap<String, Long>();
        var held = new TreeMap<String, Long>();
        var read = new TreeMap<String, Integer>();
        if (leader != null) {
            read.put(leader.server(), leader.size());
        }
        for (Readback other : copies.others()) {
            read.put(other.server(), other.size());
            if (leader != null) {
                var comparison = new Comparison(leader, other);
                comparison.divergence().ifPresent(divergences::add);
                if (comparison.behind() > 0) {
                    behind.put(other.server(), comparison.behind());
                }
                long kept = sorting.held(other);
                if (kept > 0) {
                    held.put(other.server(), kept);
                }
            }
        }
        return new StreamAudit(
                stream,
                leader == null ? null : leader.server(),
                sorting.counts(),
                sorting.lost(),
                held,
                sorting.rpo(),
                book.totals(index).silence(),
                sorting.duplicated(),
                sightings.unexpected(),
                divergences,
                behind,
                floorsBack(book, stream, copies.floors()),
                read,
                copies.unread());
    }

    private static List<FloorBack> floorsBack(Book book, Header.Stream stream, SortedMap<String, Long> now) {
        var back = new ArrayList<>(book.dips().stream()
                .filter(d -> d.stream().equals(stream.name()))
                .toList());
        now.forEach((consumer, floor) -> {
            long highest = book.floor(stream.name(), consumer);
            if (floor < highest) {
                back.add(new FloorBack(stream.name(), consumer, highest, floor, -1));
            }
        });
        return back;
    }
}
