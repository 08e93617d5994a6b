package io.stretchc.cli;

/** What is rehearsed, as words of the command line. */
enum DrillScenario {
    /** Gone for good, and rebuilt under new names. */
    recover,
    /** Away for a while, and back with its data. */
    bridge,
    /** One server is away; streams fall back, and come home. */
    fallback,
    /** One server is lost for good; another takes its role. */
    replace,
    /** Gone for good with all copies of a stream, of which there is a backup. */
    lost_stream {
        @Override
        public String toString() {
            return "lost-stream";
        }
    };

    /** What happens in it. */
    DrillScript script() {
        return switch (this) {
            case recover -> new LossScript("recover", "restore", true);
            case bridge -> new LossScript("bridge", "return", false);
            case fallback -> new ServerScript(false);
            case replace -> new ServerScript(true);
            case lost_stream -> new LostStreamScript();
        };
    }
}
