package io.stretchc.plan;

import io.stretchc.topology.ServerName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be lost of a stream, and why.
 *
 * @param survivors that hold a copy
 * @param messages of the fullest surviving copy
 * @param lastSequence of that copy; what was acknowledged after it may be gone
 * @param why a sentence
 * @param backup that it comes back from; none where it does not
 */
public record LossEntry(
        String account,
        String stream,
        Fate fate,
        List<ServerName> survivors,
        long messages,
        long lastSequence,
        String why,
        @Nullable Backup backup) {
    public LossEntry {
        survivors = List.copyOf(survivors);
    }

    /** Of a stream that comes back from no backup. */
    public LossEntry(
            String account,
            String stream,
            Fate fate,
            List<ServerName> survivors,
            long messages,
            long lastSequence,
            String why) {
        this(account, stream, fate, survivors, messages, lastSequence, why, null);
    }

    /** The same where a backup gives it back. */
    LossEntry from(Backup found) {
        return new LossEntry(
                account,
                stream,
                fate,
                survivors,
                messages,
                lastSequence,
                "No copy is left. It comes back from " + found.sentence()
                        + "; what was acknowledged after that is gone.",
                found);
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
