package io.stretchc.status;

/** What a cluster is in, in one word or three. Of several that apply the last one here is named. */
public enum ClusterState {
    /** Every server answers, the meta group is whole, every stream has its replicas. */
    HEALTHY("healthy"),
    /** Something is lost or not as declared; what is needed to decide and to store is there. */
    DEGRADED("degraded"),
    /** On the way back: reserves are members, or replicas catch up. */
    RESTORING("restoring"),
    /** A lowered quorum of the meta group is active (nats-server 2.15): the majority rule does not protect. */
    RESCUED("rescued"),
    /** Fewer members of the meta group answer than a decision takes: nothing can be created, moved or removed. */
    NO_META_QUORUM("no meta quorum"),
    /** More than one server names itself leader of the meta group. */
    SPLIT("split");

    private final String title;

    ClusterState(String title) {
        this.title = title;
    }

    /** The name that messages use. */
    public String title() {
        return title;
    }
}
