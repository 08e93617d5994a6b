package io.stretchc.snapshot;

import io.stretchc.topology.ServerName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A member of a raft group, as the leader of the group sees it; without a leader, as a follower does.
 *
 * @param name none when the server does not know it any more, and has only the peer id
 */
public record Member(@Nullable ServerName name, String peer, Now now) {
    /**
     * What moves by itself.
     *
     * @param current whether it has all that is committed, and was heard of lately
     * @param offline whether the leader takes it for gone; after a SIGKILL that takes 150 s and more
     * @param lag entries that it is behind
     * @param active since when it was last heard of
     */
    public record Now(boolean current, boolean offline, long lag, Duration active) {}

    /** Its name, or its peer id if that is all that is known. */
    public String label() {
        return name == null ? "(peer " + peer + ")" : name.text();
    }

    /** Whether it counts as a replica that works. */
    public boolean healthy() {
        return now.current() && !now.offline();
    }
}
