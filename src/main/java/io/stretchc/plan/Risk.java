package io.stretchc.plan;

/** What a step can do to those who use the cluster. */
public enum Risk {
    /** Nothing that a client notices. */
    SAFE,
    /** An election or a move: a stream may answer nothing for seconds. */
    DISRUPTIVE,
    /** It cannot be taken back. */
    IRREVERSIBLE
}
