package io.stretchc.apply;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What a run adds to the time that the cluster itself takes, at most, for one block of chains that go on side by side. Each
 * chain pays for the looks in which it moved and for the wait before them, since what was seen then may have been so for all
 * of that wait; a chain that had to wait for room pays for all that was paid before it. A block is done with its last chain,
 * so that what was added is how much sooner that would have been otherwise.
 *
 * @param <C> chains
 */
final class Cost<C> {
    private final Map<C, Long> ours = new HashMap<>();
    private long paid;
    private long last;
    private long lastWithout;

    /** A look in which these moved took so many nanoseconds, with the wait before it. */
    void pay(Collection<C> moving, long nanos) {
        if (moving.isEmpty()) {
            return;
        }
        paid += nanos;
        for (C chain : moving) {
            Long before = ours.get(chain);
            ours.put(chain, before == null ? paid : before + nanos);
        }
    }

    /** A chain is done, so many nanoseconds after the block began. */
    void end(C chain, long since) {
        last = Math.max(last, since);
        lastWithout = Math.max(lastWithout, since - ours.getOrDefault(chain, 0L));
    }

    /** Nanoseconds. */
    long added() {
        return last - lastWithout;
    }
}
