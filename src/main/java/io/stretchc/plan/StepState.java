package io.stretchc.plan;

/** How far a step has come in a run of {@code apply}, as its journal tells. A step of which it says nothing is to do. */
public enum StepState {
    /** Not begun. */
    TO_DO,
    /** Begun, and not seen to be done. */
    RUNNING,
    /** What must hold after it was seen to hold. */
    DONE,
    /** Begun, and the run stopped at it. */
    STOPPED
}
