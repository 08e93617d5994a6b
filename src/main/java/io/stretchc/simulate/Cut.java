package io.stretchc.simulate;

/** Why nobody of a site answers. From the other sites both look the same. */
public enum Cut {
    /** Its servers do not run. */
    DEAD,
    /** They run, and see each other and their clients: a partition. */
    ALIVE_ELSEWHERE
}
