package io.stretchc.cli;

/** What is rehearsed, as words of the command line. */
enum DrillScenario {
    /** Gone for good, and rebuilt under new names. */
    recover,
    /** Away for a while, and back with its data. */
    bridge;

    /** What happens in it. */
    DrillScript script() {
        return switch (this) {
            case recover -> new LossScript("recover", "restore", true);
            case bridge -> new LossScript("bridge", "return", false);
        };
    }
}
