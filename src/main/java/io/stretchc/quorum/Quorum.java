package io.stretchc.quorum;

/** Raft majorities. */
public final class Quorum {
    private Quorum() {}

    /** Votes that a group of this size needs. */
    public static int of(int members) {
        return members / 2 + 1;
    }

    /** How many members may fail while the group goes on. */
    public static int margin(int members) {
        return members - of(members);
    }
}
