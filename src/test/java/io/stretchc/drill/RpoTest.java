package io.stretchc.drill;

import static io.stretchc.drill.Drills.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which losses a loss excuses. */
class RpoTest {
    /** Sequences 1 to 5 at seconds 1 to 5; the loss is at 4.5, and what follows is acknowledged by survivors. */
    private final ClientView view = Drills.acked(Drills.load(), "a", 1, 2, 3, 4, 5);

    @Test
    void whatNoSurvivorHadIsThePriceOfTheLoss() {
        assertThat(rpo(2, 3, 4)).isEqualTo(new Rpo(2, 0, 1.5, 0));
    }

    @Test
    void whatASurvivorHadMustNotBeLost() {
        assertThat(rpo(3, 3, 4).promised()).isEqualTo(1);
    }

    @Test
    void whatWasAcknowledgedAfterTheLossMustNotBeLost() {
        assertThat(rpo(2, 3, 5).promised()).isEqualTo(1);
    }

    @Test
    void aStreamThatKeptItsMajorityLosesNothing() {
        Rpo rpo = Rpo.of(audit(4, 4, 1), view, new TreeMap<>(), at(4.5));

        assertThat(rpo.promised()).isEqualTo(1);
    }

    @Test
    void lossesThatTheAuditDoesNotNameAreNotExcused() {
        Rpo rpo = Rpo.of(audit(3, 4, 10), view, held(2), at(4.5));

        assertThat(rpo.promised()).isEqualTo(8);
    }

    private Rpo rpo(long last, long first, long end) {
        return Rpo.of(audit(first, end, end - first + 1), view, held(last), at(4.5));
    }

    private static AuditFacts audit(long first, long last, long lost) {
        return new AuditFacts(
                "broken",
                List.of(new AuditFacts.Stream("A", lost, List.of(new AuditFacts.Range("a", first, last)), 1.5, 0)));
    }

    private static SortedMap<String, Long> held(long last) {
        var held = new TreeMap<String, Long>();
        held.put("A", last);
        return held;
    }
}
