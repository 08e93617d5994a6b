package io.stretchc.plan;

import io.stretchc.topology.ServerName;
import java.util.List;

/**
 * What may be lost of a stream, and why.
 *
 * @param survivors that hold a copy
 * @param messages of the fullest surviving copy
 * @param lastSequence of that copy; what was acknowledged after it may be gone
 * @param why a sentence
 */
public record LossEntry(
        String account,
        String stream,
        Fate fate,
        List<ServerName> survivors,
        long messages,
        long lastSequence,
        String why) {
    public LossEntry {
        survivors = List.copyOf(survivors);
    }

    /** What became of a stream's copies. */
    public enum Fate {
        /** A majority is alive: nothing acknowledged is gone. */
        MAJORITY_ALIVE,
        /** More than one copy, and no majority: what the lost majority acknowledged without the survivors may be gone. */
        MINORITY_ALIVE,
        /** One copy: what it was behind may be gone, and it is the only one. */
        ONE_COPY_ALIVE,
        /** No copy: all of it is gone, unless there is a backup. */
        NONE_ALIVE,
        /** A single replica, alive. */
        SINGLE_ALIVE,
        /** A single replica, gone with its server. */
        SINGLE_LOST
    }
}
