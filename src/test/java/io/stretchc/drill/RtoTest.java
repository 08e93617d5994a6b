package io.stretchc.drill;

import static io.stretchc.drill.Drills.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts of a wait. */
class RtoTest {
    private static final Mark KILLED = new Mark(Mark.Kind.KILLED, at(10));
    private static final Mark DETECTED = new Mark(Mark.Kind.DETECTED, at(12));
    private static final Mark PLANNED = new Mark(Mark.Kind.PLANNED, at(13));
    private static final Mark LED = new Mark(Mark.Kind.META_LEADER, at(20));
    private static final Mark APPLIED = new Mark(Mark.Kind.APPLIED, at(40));

    @Test
    void thePartsAddUp() {
        Rto rto = Rto.of(List.of(KILLED, DETECTED, PLANNED, LED, APPLIED), List.of(back(15), back(31)))
                .orElseThrow();

        assertThat(rto).isEqualTo(new Rto(at(2), at(1), at(7), at(11), at(30), true));
        assertThat(rto.total()).isEqualTo(at(21));
    }

    @Test
    void whatClientsDidNotWaitForIsZero() {
        Rto rto = Rto.of(List.of(KILLED, DETECTED, PLANNED, LED, APPLIED), List.of(back(12.5)))
                .orElseThrow();

        assertThat(rto).isEqualTo(new Rto(at(2), at(0.5), 0, 0, at(30), true));
    }

    @Test
    void withoutAMetaLeaderOfItsOwnTheStreamsTakeTheRest() {
        Rto rto = Rto.of(List.of(KILLED, DETECTED, PLANNED), List.of(back(31))).orElseThrow();

        assertThat(rto).isEqualTo(new Rto(at(2), at(1), 0, at(18), 0, true));
    }

    @Test
    void aSiteStartedByHandIsWholeWhenItIsVerified() {
        Rto rto = Rto.of(List.of(KILLED, DETECTED, PLANNED, new Mark(Mark.Kind.VERIFIED, at(25))), List.of(back(20)))
                .orElseThrow();

        assertThat(rto.whole()).isEqualTo(at(15));
    }

    @Test
    void aBridgedAbsenceIsWholeWhenTheSiteIsBack() {
        List<Mark> marks = List.of(KILLED, DETECTED, PLANNED, LED, APPLIED, new Mark(Mark.Kind.BACK, at(50)));

        assertThat(Rto.of(marks, List.of(back(45))).orElseThrow().whole()).isEqualTo(at(40));
        assertThat(Rto.of(marks, List.of(back(31))).orElseThrow().whole()).isEqualTo(at(30));
    }

    @Test
    void aStreamThatStayedAwayIsSaid() {
        var stream = new StreamView("A", 0, List.of(), List.of(), new StreamView.Outage(at(9), at(60), false), at(60));

        assertThat(Rto.of(List.of(KILLED), List.of(stream)).orElseThrow().ended())
                .isFalse();
    }

    @Test
    void withoutALossThereIsNothingToWaitFor() {
        assertThat(Rto.of(List.of(DETECTED), List.of(back(20)))).isEmpty();
    }

    private static StreamView back(double seconds) {
        return new StreamView(
                "A", 0, List.of(), List.of(), new StreamView.Outage(at(9), at(seconds), true), at(seconds));
    }
}
