package io.stretchc.simulate;

/** What no plan may break, at any of its steps. */
public enum Law {
    /**
     * A plan starts with a census that names what is lost. From outside a partition looks like a death (network namespaces,
     * 2.10.27 and 2.15.1): only asking everybody shows a server that was called lost and answers.
     */
    CENSUS,
    /**
     * Nothing is evicted or forced before a person said that the site is gone. Both sides of a live partition acknowledged
     * different messages under the same sequences after one side was forced (2.10.27, 2.15.1).
     */
    ATTESTATION,
    /** Each step is answered, and does what it is for, on the version at hand. */
    WORKS,
    /**
     * Nobody is evicted, and no stream moved away from copies that are out of reach, before the streams that need the copy
     * are safe elsewhere or stand in the loss bill.
     */
    EVICTION,
    /**
     * One change of membership at a time, each confirmed by looking before the next. Two removals at once are refused
     * (400/10202); a removal while a stream moves left it without quorum for good on 2.10.27.
     */
    ONE_CHANGE,
    /**
     * A running member is removed or stopped only after the lead of the meta group was moved to others: who wins an election
     * is random on every version, so that a plan cannot know that it is not this one.
     */
    LEADER_OFF,
    /** Never two disjoint sets of servers that could both elect a leader of the same group. */
    SPLIT,
    /** A stream is never moved and scaled in one update, nor waited for with more replicas than it has. */
    MOVE_ONLY,
    /** Leaders move last: a later move or removal makes an election, and the leader goes wherever that ends. */
    LEADERS_LAST,
    /**
     * The data holder stays up while blank members of its group exist. Two blank replicas elected an empty leader and the
     * holder's messages were discarded (2.10.27, 2.11.17, 2.12.15, 2.14.5).
     */
    HOLDER,
    /**
     * A stream of which no copy is left is made anew before a removal can bring it back: it came back empty and took writes
     * (2.9.10, 2.10.27, 2.15.1), which then stop what was to be restored.
     */
    EMPTY,
    /** What a survivor held in the beginning is held by one that runs, after every step. */
    DATA,
    /**
     * A bridge removes nobody, moves nothing and starts no stand-in. A stand-in is the same member as the original that
     * is to come back, so that they cannot be combined.
     */
    BRIDGE,
    /** What the bill says of a stream is so, and no stream that lost its majority is missing there. */
    BILL,
    /** A plan that was interrupted and is applied again ends where it would have without the interruption. */
    SAME_END,
    /**
     * While a server is restarted, the meta group keeps its quorum, and so does every stream that had one and is held by
     * more than that server.
     */
    RESTART,
    /**
     * Whoever comes back or is tidied up after: no server that the topology has is removed from the meta group, but the one
     * that a plan replaces.
     */
    NOT_OURS,
    /** In the end the cluster is what the scenario is for. */
    END,
    /**
     * A change of tags moves no stream (2.10.27, 2.11.17, 2.15.1): none is left on a server that its tags do not match any
     * more, and no server becomes another by its unique tag.
     */
    TAGS,
    /** No two members of a stream have the same unique tag, unless they had it in the beginning. */
    UNIQUE,
    /** Where no site is lost, no stream is left worse than it was: it can be written, has its copies, and its sites. */
    WORSE
}
