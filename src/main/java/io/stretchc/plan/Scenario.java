package io.stretchc.plan;

import io.stretchc.topology.SiteName;

/** What a plan is for. */
public sealed interface Scenario {
    /** The word on the command line. */
    String word();

    /** The site that it is about. */
    SiteName site();

    /** A site is gone for good: quorum back, its members removed, streams on what is left. */
    record Recover(SiteName site) implements Scenario {
        @Override
        public String word() {
            return "recover";
        }
    }

    /** A site is away for a while: quorum back, nobody removed, streams left where they are. */
    record Bridge(SiteName site) implements Scenario {
        @Override
        public String word() {
            return "bridge";
        }
    }

    /** A site that was gone for good comes back empty, under new names: streams and leaders go home. */
    record Restore(SiteName site) implements Scenario {
        @Override
        public String word() {
            return "restore";
        }
    }

    /** A site that was bridged comes back with its data: what bridged it goes away. */
    record Return(SiteName site) implements Scenario {
        @Override
        public String word() {
            return "return";
        }
    }
}
