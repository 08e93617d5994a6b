package io.stretchc.simulate;

import io.stretchc.quorum.Technique;
import io.stretchc.topology.ServerVersion;

/** Versions of nats-server that elect alike, as measured on 2.9.10, 2.10.27, 2.11.17, 2.12.8, 2.12.15, 2.14.0, 2.14.5 and 2.15.1. */
public enum Generation {
    /** Up to 2.11: an empty voter counts like any other, and a candidate takes an unknown voter for a peer. */
    EVERY_VOTE,
    /** 2.12.0 to 2.12.13, 2.14.0 to 2.14.3: an empty log's vote counts only when all members voted; unknown voters count. */
    WHOLE_GROUP,
    /** 2.12.14 and later, 2.14.4 and later: the same, and votes of peers that the group does not know are ignored. */
    KNOWN_PEERS,
    /** From 2.15 on: the same, and the quorum of a server can be lowered ({@code META.RESCUE}). */
    RESCUE;

    /** The generation of a version. */
    public static Generation of(ServerVersion version) {
        if (Technique.RESCUE.worksOn(version)) {
            return RESCUE;
        }
        if (Technique.ARBITER.worksOn(version)) {
            return EVERY_VOTE;
        }
        return Technique.NEW_SERVERS.worksOn(version) ? WHOLE_GROUP : KNOWN_PEERS;
    }

    /** Whether an empty server with a new name can cast a vote that counts. */
    boolean countsStrangers() {
        return this == EVERY_VOTE || this == WHOLE_GROUP;
    }

    /**
     * Whether a stream without quorum can be moved while its dead members still belong to the cluster. Measured: yes up
     * to 2.11 and on 2.14.0; on 2.15.1 the update is never answered. On 2.12.14 and 2.14.4 it was never seen, since
     * stand-ins give the stream its quorum back: taken for no.
     */
    boolean movesWithoutQuorum() {
        return countsStrangers();
    }
}
