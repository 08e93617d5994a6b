package io.stretchc.quorum;

import io.stretchc.topology.ServerVersion;

/**
 * Ways to give a meta group its quorum back after members are lost, and on which nats-server version each works. The
 * limits were measured with real servers: empty voters count like others up to 2.11; from 2.12.0 they count only when
 * all members of the group vote; from 2.12.14 and 2.14.4 votes of unknown peers are ignored; 2.15 brings META.RESCUE.
 */
public enum Technique {
    /** Empty servers with new names, as many as votes are missing. */
    ARBITER("arbiter"),
    /** Empty servers with new names, one for each lost server, all up together. */
    NEW_SERVERS("new servers"),
    /** Empty servers with the names of the lost ones. */
    STAND_INS("stand-ins"),
    /** The servers are told to make do with a smaller quorum for five minutes; no new server. */
    RESCUE("rescue");

    private final String title;

    Technique(String title) {
        this.title = title;
    }

    /** The name that messages use. */
    public String title() {
        return title;
    }

    /** Whether the technique works on this version. */
    public boolean worksOn(ServerVersion v) {
        return switch (this) {
            case ARBITER -> !v.atLeast(2, 12, 0);
            case NEW_SERVERS ->
                v.compareTo(new ServerVersion(2, 12, 14)) < 0 || (v.atLeast(2, 14, 0) && !v.atLeast(2, 14, 4));
            case STAND_INS -> v.atLeast(2, 9, 0);
            case RESCUE -> v.atLeast(2, 15, 0);
        };
    }

    /**
     * How many further servers the technique takes.
     *
     * @param members size of the meta group before the loss
     * @param alive members that are left
     */
    public int serversNeeded(ServerVersion v, int members, int alive) {
        int missingVotes = Math.max(0, Quorum.of(members) - alive);
        int lost = members - alive;
        return switch (this) {
            case ARBITER -> joining(members, alive);
            case NEW_SERVERS -> lost;
            case STAND_INS -> v.atLeast(2, 12, 0) ? lost : missingVotes;
            case RESCUE -> 0;
        };
    }

    /**
     * Servers with new names become members themselves, so that the group needs more votes once they are in: with 3 of 6
     * alive one is enough (4 of 7, measured), with 2 of 5 it takes two (4 of 7).
     */
    private static int joining(int members, int alive) {
        int more = 0;
        while (alive + more < Quorum.of(members + more)) {
            more++;
        }
        return more;
    }

    /** The technique that this version calls for when everything is at hand: the fewest new servers, no data at risk. */
    public static Technique bestOn(ServerVersion v) {
        if (RESCUE.worksOn(v)) {
            return RESCUE;
        }
        if (ARBITER.worksOn(v)) {
            return ARBITER;
        }
        return NEW_SERVERS.worksOn(v) ? NEW_SERVERS : STAND_INS;
    }
}
