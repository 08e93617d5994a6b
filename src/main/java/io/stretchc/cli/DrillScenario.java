package io.stretchc.cli;

import java.util.List;

/** What is rehearsed, as words of the command line. */
enum DrillScenario {
    /** Gone for good, and rebuilt under new names. */
    recover,
    /** Gone for good, and back empty under the names that it had. */
    same_names {
        @Override
        public String toString() {
            return "same-names";
        }
    },
    /** Away for a while, and back with its data. */
    bridge,
    /** One server removed, and a member again under its own name. */
    readmit,
    /** Traces of servers that are not in the topology, and none of them left. */
    purge,
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
            case recover -> new LossScript("recover", List.of("restore"), true);
            case same_names -> new LossScript("recover", List.of("restore", "--same-names"), true);
            case readmit -> new ReadmitScript();
            case purge -> new PurgeScript();
            case bridge -> new LossScript("bridge", List.of("return"), false);
            case fallback -> new ServerScript(false);
            case replace -> new ServerScript(true);
            case lost_stream -> new LostStreamScript();
        };
    }
}
