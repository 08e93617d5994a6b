package io.stretchc.topology;

/** How the meta group is meant to get its quorum back when a site is lost. */
public enum Recovery {
    AUTO,
    ARBITER,
    NEW_SERVERS,
    STAND_INS,
    RESCUE
}
