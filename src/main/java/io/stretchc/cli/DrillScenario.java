package io.stretchc.cli;

import io.stretchc.quorum.Technique;
import io.stretchc.topology.ServerVersion;

/** What is rehearsed, as words of the command line. */
enum DrillScenario {
    /** Gone for good, and rebuilt under new names. */
    recover("restore"),
    /** Away for a while, and back with its data. */
    bridge("return");

    private final String wayBack;

    DrillScenario(String wayBack) {
        this.wayBack = wayBack;
    }

    /** The scenario of the plan for the way back. */
    String wayBack() {
        return wayBack;
    }

    /**
     * Whether this version must refuse: from 2.12.14 and 2.14.4 up to 2.15 only servers with the names of the lost ones
     * give a quorum, and those cannot be taken back when the originals return.
     */
    boolean refusedOn(ServerVersion version) {
        return this == bridge
                && !Technique.ARBITER.worksOn(version)
                && !Technique.NEW_SERVERS.worksOn(version)
                && !Technique.RESCUE.worksOn(version);
    }
}
