package io.stretchc.invariant;

/** Judges one invariant. Says nothing of what another invariant is about: one fault, one finding. */
interface Check {
    void judge(Evidence evidence, Findings findings);
}
