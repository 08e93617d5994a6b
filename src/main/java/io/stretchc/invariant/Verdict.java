package io.stretchc.invariant;

/** What became of an invariant, the worst first. */
public enum Verdict {
    /** The observation contradicts it. */
    BROKEN,
    /** The observation cannot tell, and the evidence says why. */
    UNKNOWN,
    HOLDS
}
