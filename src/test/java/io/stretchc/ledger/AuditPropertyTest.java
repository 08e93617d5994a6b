package io.stretchc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random runs with random faults in what is read back: exactly those are found. The seed is in every message. */
class AuditPropertyTest {
    private static final int RUNS = 400;

    @Test
    void findsExactlyWhatWasPlanted() throws LedgerFault {
        long seed = Long.getLong("seed", System.nanoTime());
        for (int i = 0; i < RUNS; i++) {
            check(seed + i);
        }
    }

    private static void check(long seed) throws LedgerFault {
        var random = new Random(seed);
        var run = new Ledgers(Kind.LOG);
        var stored = new ArrayList<String>();
        var acked = new TreeSet<String>();
        var open = new TreeSet<String>();
        int n1 = 0;
        int n2 = 0;
        int messages = 1 + random.nextInt(60);
        for (int i = 0; i < messages; i++) {
            boolean first = random.nextBoolean();
            String writer = first ? "w1" : "w2";
            int n = first ? ++n1 : ++n2;
            run.attempt(writer, n);
            if (random.nextInt(8) == 0) {
                run.timeout(writer, n);
                open.add(writer + ":" + n);
                if (random.nextBoolean()) {
                    stored.add(writer + ":" + n);
                }
            } else {
                run.ack(writer, n);
                acked.add(writer + ":" + n);
                stored.add(writer + ":" + n);
            }
        }
        run.end();

        var lost = new TreeSet<String>();
        for (String m : List.copyOf(stored)) {
            if (acked.contains(m) && random.nextInt(10) == 0) {
                stored.remove(m);
                lost.add(m);
            }
        }
        var twice = new TreeSet<String>();
        for (String m : List.copyOf(stored)) {
            if (random.nextInt(15) == 0) {
                stored.add(m);
                twice.add(m);
            }
        }
        var other = new ArrayList<>(stored);
        boolean diverged =
                other.size() > 1 && random.nextBoolean() && !other.get(0).equals(other.get(1));
        if (diverged) {
            Collections.swap(other, 0, 1);
        }

        StreamAudit s = run.audit(
                run.copy("us_1", stored.toArray(String[]::new)), run.copy("us_2", other.toArray(String[]::new)));

        var found = new TreeSet<String>();
        s.lost().values().forEach(l -> found.addAll(each(l)));
        assertThat(found).as("lost, seed %d", seed).isEqualTo(lost);
        assertThat(each(s.duplicated())).as("twice, seed %d", seed).isEqualTo(twice);
        assertThat(s.divergences()).as("diverged, seed %d", seed).hasSize(diverged ? 1 : 0);
        assertThat(s.counts().recovered() + s.counts().unknown())
                .as("open, seed %d", seed)
                .isEqualTo(open.size());
        assertThat(s.counts().ok() + s.counts().unknown() + s.lostMessages())
                .as("all, seed %d", seed)
                .isEqualTo(messages);
        assertThat(s.rpo() > 0).as("rpo, seed %d", seed).isEqualTo(!lost.isEmpty());
    }

    private static Set<String> each(Intervals intervals) {
        var all = new TreeSet<String>();
        for (Interval i : intervals.list()) {
            for (long n = i.first(); n <= i.last(); n++) {
                all.add(i.writer() + ":" + n);
            }
        }
        return all;
    }
}
