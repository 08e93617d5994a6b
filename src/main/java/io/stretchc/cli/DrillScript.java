package io.stretchc.cli;

/**
 * What happens in a drill between the start of the load and its end: the fault, the plans, the way back. The lab is up, the
 * load runs and every stream took messages; afterwards the invariants are judged and the ledger is audited.
 */
interface DrillScript {
    /** What it is about, behind its name, such as {@code without us}. */
    String about(DrillStage stage);

    /** Whether there is to be a stream that lives in the site only. */
    default boolean inTheSite() {
        return false;
    }

    void play(DrillNight night) throws DrillFault;
}
