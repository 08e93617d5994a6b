package io.stretchc.drill;

/**
 * A moment of a drill.
 *
 * @param at nanoseconds since the load began
 */
public record Mark(Kind kind, long at) {
    /** What happened. */
    public enum Kind {
        /** The site was killed. */
        KILLED("the site is killed"),
        /** The loss was seen. */
        DETECTED("the loss is seen"),
        /** The plan was there. */
        PLANNED("the plan is there"),
        /** A meta leader was there again. */
        META_LEADER("a meta leader is there"),
        /** The plan was carried out. */
        APPLIED("the plan is carried out"),
        /** The lost site was started again by hand, as no plan bridges its absence. */
        STARTED("the site is started by hand"),
        /** The plan for the way back was there. */
        BACK_PLANNED("the plan for the way back is there"),
        /** The way back was carried out. */
        BACK("the site is back"),
        /** The invariants were judged. */
        VERIFIED("the cluster is verified"),
        /** The load ended. */
        ENDED("the load ends");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** It as words. */
        public String title() {
            return title;
        }
    }
}
