package io.stretchc.simulate;

import io.stretchc.quorum.Quorum;

/**
 * Voters of a meta group by kind; within a kind they are alike.
 *
 * @param size of the group, as its members count it
 * @param lowest quorum of those whose quorum is lowered
 * @param lowered members whose log is not empty, with a lowered quorum
 * @param natural members whose log is not empty
 * @param blank members whose log is empty
 * @param strangers empty servers that the group does not know
 */
record Ballot(Generation generation, int size, int lowest, int lowered, int natural, int blank, int strangers) {
    /** Whether one of them can win an election; that takes a member that knows of the group. */
    boolean elects() {
        int informed = lowered + natural;
        if (informed == 0) {
            return false;
        }
        int quorum = lowered > 0 ? Math.min(lowest, Quorum.of(size)) : Quorum.of(size);
        return votes() >= quorum;
    }

    private int votes() {
        int informed = lowered + natural;
        int empty = blank + (generation.countsStrangers() ? strangers : 0);
        return switch (generation) {
            case EVERY_VOTE -> informed + empty;
            case WHOLE_GROUP, KNOWN_PEERS, RESCUE -> informed + empty >= size ? informed + empty : informed;
        };
    }

    /** Whether they can fall into two parts that both elect. More voters never hurt: each part gets all that the other has not. */
    boolean splits() {
        for (int l = 0; l <= lowered; l++) {
            for (int n = 0; n <= natural; n++) {
                for (int b = 0; b <= blank; b++) {
                    for (int s = 0; s <= strangers; s++) {
                        if (part(l, n, b, s).elects()
                                && part(lowered - l, natural - n, blank - b, strangers - s)
                                        .elects()) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    private Ballot part(int l, int n, int b, int s) {
        return new Ballot(generation, size, lowest, l, n, b, s);
    }
}
