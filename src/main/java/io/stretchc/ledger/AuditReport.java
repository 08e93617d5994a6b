package io.stretchc.ledger;

import java.util.List;

/**
 * What an audit found.
 *
 * @param complete whether the ledger tells the whole run
 * @param torn whether its last line was cut off
 * @param moves where the writers of each site were connected
 */
public record AuditReport(
        Header header, boolean complete, boolean torn, List<StreamAudit> streams, List<Entry.Moved> moves) {
    public AuditReport {
        streams = List.copyOf(streams);
        moves = List.copyOf(moves);
    }

    /** What it comes to. */
    public enum Verdict {
        /** Every stream was read, and no promise is known to be broken. */
        KEPT,
        /** A promise is broken. */
        BROKEN,
        /** Nothing is known to be broken, and a stream could not be read. */
        OPEN
    }

    /** What it comes to. */
    public Verdict verdict() {
        if (streams.stream().anyMatch(StreamAudit::broken)) {
            return Verdict.BROKEN;
        }
        return streams.stream().anyMatch(s -> s.leader() == null) ? Verdict.OPEN : Verdict.KEPT;
    }

    /** Acknowledged messages of which it cannot be told whether they are lost, of all streams. */
    public long untold() {
        return streams.stream().mapToLong(s -> s.counts().untold()).sum();
    }

    /** Whether messages are lost, and no copy of any stream has a single one of this run. */
    public boolean nothingHere() {
        return lost() > 0
                && streams.stream().noneMatch(s -> s.leader() == null)
                && streams.stream().noneMatch(StreamAudit::seen);
    }

    /**
     * Whether this is not the cluster of the load: by its name, and nothing of the run is here. The name alone proves
     * nothing, since a leaf node and another cluster of a supercluster reach the same streams.
     *
     * @param cluster name of the cluster that was read; empty when it is not known
     */
    public boolean elsewhere(String cluster) {
        return !cluster.isEmpty()
                && !header.cluster().isEmpty()
                && !cluster.equals(header.cluster())
                && streams.stream().noneMatch(StreamAudit::seen);
    }

    /** Acknowledged messages that are lost, of all streams. */
    public long lost() {
        return streams.stream().mapToLong(StreamAudit::lostMessages).sum();
    }
}
