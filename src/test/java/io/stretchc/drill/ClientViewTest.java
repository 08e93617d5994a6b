package io.stretchc.drill;

import static io.stretchc.drill.Drills.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.ledger.Entry;
import org.junit.jupiter.api.Test;

/** What clients saw, from the entries of a ledger. */
class ClientViewTest {
    @Test
    void theOutageIsTheLongestGapThatTouchesTheLoss() {
        ClientView view = Drills.acked(Drills.load(), "a", 1, 9, 10, 17, 18, 30);

        StreamView stream = view.streams(at(10.5), at(20)).get(0);

        assertThat(stream.outage()).isEqualTo(new StreamView.Outage(at(18), at(30), true));
        assertThat(view.streams(at(10.5), at(17.5)).get(0).outage())
                .as("what began after all was over is left out")
                .isEqualTo(new StreamView.Outage(at(10), at(17), true));
    }

    @Test
    void aStreamThatComesBackAndGoesAgainIsBackAtTheEnd() {
        ClientView view = Drills.acked(Drills.load(), "a", 1, 9, 10, 17, 18, 21, 21.5, 22, 40);

        assertThat(view.streams(at(10.5), at(21.8)).get(0).back()).isEqualTo(at(21));
    }

    @Test
    void aGapBeforeTheLossIsNoOutage() {
        ClientView view = Drills.acked(Drills.load(), "a", 1, 9, 10, 11);

        assertThat(view.streams(at(9.5), at(20)).get(0).outage()).isEqualTo(new StreamView.Outage(at(9), at(10), true));
    }

    @Test
    void aStreamThatNeverAcknowledgesAgainIsOutToTheEnd() {
        ClientView view = Drills.acked(Drills.load(), "a", 1, 2);
        view.add(new Entry.TimedOut(at(30), "a", 3));

        StreamView stream = view.streams(at(5), at(40)).get(0);

        assertThat(stream.outage()).isEqualTo(new StreamView.Outage(at(2), at(30), false));
        assertThat(stream.failures().get(30)).isEqualTo(1);
        assertThat(stream.acks()).hasSize(31);
    }

    @Test
    void aStreamThatNeverAcknowledgedIsOutAllTheTime() {
        ClientView view = Drills.acked(Drills.load(), "a", 1, 2, 8);

        StreamView stream = view.streams(at(3), at(5)).get(1);

        assertThat(stream.acked()).isZero();
        assertThat(stream.outage().ended()).isFalse();
    }

    @Test
    void theFirstAckOfAMessageCounts() {
        ClientView view = Drills.acked(Drills.load(), "a", 1);
        view.add(new Entry.Acked(at(7), "a", 1, "A", 99, true));

        assertThat(view.ack("A", "a", 1)).contains(new ClientView.Ack(at(1), 1));
        assertThat(view.ack("A", "b", 1)).isEmpty();
    }
}
