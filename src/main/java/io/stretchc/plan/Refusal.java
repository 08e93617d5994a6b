package io.stretchc.plan;

/**
 * Why there is no plan.
 *
 * @param sentence the fact, with its names and numbers
 * @param wayOut what to do about it
 */
public record Refusal(Reason reason, String sentence, String wayOut) {
    /** Kinds of reasons. */
    public enum Reason {
        /** The topology has no such site. */
        UNKNOWN_SITE,
        /** The snapshot is of another cluster, or of more than one. */
        OTHER_CLUSTER,
        /** More than one server names itself leader. */
        SPLIT,
        /** A server of the site that is called lost answers. */
        LOST_ANSWERS,
        /** The site was not given up yet, or what gave it up was not finished. */
        UNFINISHED,
        /** A server of the site that is to be back does not answer as it should. */
        NOT_BACK,
        /** Who is a member, or which process a name stands for, cannot be told. */
        MEMBERS_UNCLEAR,
        /** A server answers that the topology does not have. */
        STRANGER,
        /** The versions call for different procedures, or are too old. */
        VERSIONS,
        /** The technique does not work on this version, or not for this scenario. */
        TECHNIQUE,
        /** Arbiters, stand-ins or replacements are missing in the topology. */
        RESERVES_MISSING,
        /** Survivors are missing. */
        SURVIVORS_MISSING,
        /** A stream without a majority has nowhere to go. */
        NOWHERE_TO_GO,
        /** There is no meta leader, and the scenario needs one. */
        NO_LEADER,
        /** The snapshot has what no nats-server can have. */
        NOT_BELIEVABLE,
        /** All servers of a site are silent: that is a night of its own. */
        WHOLE_SITE,
        /** There is no such stream. */
        UNKNOWN_STREAM,
        /** The topology has no such server. */
        UNKNOWN_SERVER
    }
}
