package io.stretchc.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two copies of a stream, sequence by sequence. A copy that ends earlier is behind, which time may mend; one that has
 * another message at a sequence, or has one that the leader does not have, has diverged, which nothing mends.
 */
final class Comparison {
    private final Readback leader;
    private final Readback other;
    private long behind;
    private long different;
    private @Nullable Divergence first;

    Comparison(Readback leader, Readback other) {
        this.leader = leader;
        this.other = other;
        compare();
    }

    /** How many messages the leader has after the last one of the copy. */
    long behind() {
        return behind;
    }

    Optional<Divergence> divergence() {
        Divergence d = first;
        return d == null
                ? Optional.empty()
                : Optional.of(new Divergence(d.server(), d.sequence(), d.atLeader(), d.atServer(), different));
    }

    private void compare() {
        int i = 0;
        int j = 0;
        while (i < leader.size() || j < other.size()) {
            long a = i < leader.size() ? leader.sequence(i) : Long.MAX_VALUE;
            long b = j < other.size() ? other.sequence(j) : Long.MAX_VALUE;
            if (a == b) {
                if (!leader.same(i, other, j)) {
                    differ(a, leader.identity(i), other.identity(j));
                }
                i++;
                j++;
            } else if (a < b) {
                if (a > other.last()) {
                    behind++;
                } else {
                    differ(a, leader.identity(i), "nothing");
                }
                i++;
            } else {
                differ(b, "nothing", other.identity(j));
                j++;
            }
        }
    }

    private void differ(long sequence, String atLeader, String atServer) {
        different++;
        if (first == null) {
            first = new Divergence(other.server(), sequence, atLeader, atServer, 1);
        }
    }
}
