package io.stretchc.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was planted is found, and nothing else. */
class AuditTest {
    @Test
    void findsNothingInACleanRun() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 50).acked("w2", 1, 50).end();

        AuditReport report = run.report(
                run.copy("us_1", "w1:1-50", "w2:1-50"), Map.of("LOAD", 100L), run.copy("us_2", "w1:1-50", "w2:1-50"));

        assertThat(report.verdict()).isEqualTo(AuditReport.Verdict.KEPT);
        StreamAudit s = report.streams().get(0);
        assertThat(s.broken()).isFalse();
        assertThat(s.rpo()).isZero();
        assertThat(s.counts().ok()).isEqualTo(100);
        assertThat(s.silence().nanos()).isEqualTo(10 * Ledgers.MILLI);
        assertThat(s.held()).isEmpty();
        assertThat(s.behind()).isEmpty();
    }

    @Test
    void findsALostBeginningOfALogThatBeganAnew() throws LedgerFault {
        var run = new Ledgers(Kind.LOG)
                .acked("w1", 1, 10)
                .acked("w2", 1, 5)
                .acked("w1", 11, 20)
                .end();

        StreamAudit s = run.audit(run.copy("us_1", "w1:11-20"), run.copy("emea_1", "w1:1-10", "w2:1-5"));

        assertLost(s, Loss.PREFIX, "w1:1-10", "w2:1-5");
        assertThat(s.lostMessages()).isEqualTo(15);
        assertThat(s.held()).containsEntry("emea_1", 15L);
        assertThat(s.rpo())
                .as("15 messages of 10 ms, from the first one's sending")
                .isEqualTo(141 * Ledgers.MILLI);
        assertThat(s.divergences()).containsExactly(new Divergence("emea_1", 1, "w1:11", "w1:1", 15));
    }

    @Test
    void findsEverythingLostWhenTheStreamIsEmpty() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 10).end();

        assertLost(run.audit(run.copy("us_1")), Loss.PREFIX, "w1:1-10");
    }

    @Test
    void findsAHole() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 10).end();

        StreamAudit s = run.audit(run.copy("us_1", "w1:1-4", "w1:6-10"));

        assertLost(s, Loss.MIDDLE, "w1:5");
        assertThat(s.rpo()).isEqualTo(Ledgers.MILLI);
    }

    @Test
    void findsALostEnd() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 10).acked("w2", 1, 3).end();

        assertLost(run.audit(run.copy("us_1", "w1:1-8")), Loss.POSTFIX, "w1:9-10", "w2:1-3");
    }

    @Test
    void findsAMessageThatIsStoredTwice() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 10).end();

        StreamAudit s = run.audit(run.copy("us_1", "w1:1-10", "w1:7"));

        assertThat(s.duplicated().list()).hasToString("[w1:7]");
        assertThat(s.broken()).isTrue();
        assertThat(s.lostMessages()).isZero();
    }

    @Test
    void findsCopiesThatContradictTheLeader() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 4).acked("w2", 1, 4).end();

        StreamAudit s = run.audit(
                run.copy("us_1", "w1:1-4", "w2:1-4"),
                run.copy("us_2", "w1:1-3", "w2:4", "w2:1-4"),
                run.copy("us_3", "w1:1-4", "w2:1-4", "w2:1"));

        assertThat(s.divergences())
                .containsExactly(
                        new Divergence("us_2", 4, "w1:4", "w2:4", 1), new Divergence("us_3", 9, "nothing", "w2:1", 1));
        assertThat(s.broken()).isTrue();
    }

    @Test
    void doesNotCallACopyDivergedThatIsOnlyBehind() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 10).end();

        StreamAudit s = run.audit(run.copy("us_1", "w1:1-10"), run.copy("us_2", "w1:1-6"));

        assertThat(s.behind()).containsExactly(Map.entry("us_2", 4L));
        assertThat(s.broken()).isFalse();
    }

    @Test
    void findsAMessageThatNobodySent() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 3).end();

        StreamAudit s = run.audit(run.copy("us_1", "w1:1-3", "w1:99", "w9:1"));

        assertThat(s.unexpected().messages()).isEqualTo(2);
        assertThat(s.broken()).isTrue();
    }

    @Test
    void doesNotCallAMessageUnexpectedThatWasSentAfterTheLedgerWasCutOff() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 3);

        StreamAudit s = run.audit(run.copy("us_1", "w1:1-5"));

        assertThat(s.unexpected().messages()).isZero();
        assertThat(s.counts().beyond()).isEqualTo(2);
        assertThat(s.broken()).isFalse();
    }

    @Test
    void tellsRecoveredFromUnknownAndRefused() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 3);
        run.attempt("w1", 4).timeout("w1", 4);
        run.attempt("w1", 5).timeout("w1", 5);
        run.attempt("w1", 6);
        run.book.add(new Entry.Refused(run.clock(), "w1", 6, "nobody listens"));
        run.end();

        StreamAudit s = run.audit(run.copy("us_1", "w1:1-4"));

        assertThat(s.counts().recovered()).isEqualTo(1);
        assertThat(s.counts().unknown()).isEqualTo(1);
        assertThat(s.counts().refused()).isEqualTo(1);
        assertThat(s.broken()).isFalse();
    }

    @Test
    void findsAnAckFloorThatWentBack() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 9);
        run.book.add(new Entry.Floor(1, Ledgers.STREAM, "LOAD", 5));
        run.book.add(new Entry.Floor(2, Ledgers.STREAM, "LOAD", 3));
        run.book.add(new Entry.Floor(3, Ledgers.STREAM, "LOAD", 9));
        run.end();
        Readback copy = run.copy("us_1", "w1:1-9");

        assertThat(run.audit(copy, Map.of("LOAD", 9L)).floorsBack())
                .containsExactly(new FloorBack(Ledgers.STREAM, "LOAD", 5, 3, 2));
        assertThat(run.audit(copy, Map.of("LOAD", 9L)).broken()).isFalse();
        assertThat(run.audit(copy, Map.of("LOAD", 4L)).floorsBack())
                .contains(new FloorBack(Ledgers.STREAM, "LOAD", 9, 4, -1));
        assertThat(run.audit(copy, Map.of("LOAD", 4L)).broken()).isTrue();
    }

    @Test
    void measuresTheLongestTimeWithoutAnAck() throws LedgerFault {
        var run = new Ledgers(Kind.LOG)
                .acked("w1", 1, 10)
                .attempt("w1", 11)
                .pause(3000)
                .ack("w1", 11)
                .acked("w1", 12, 20)
                .end();

        assertThat(run.audit(run.copy("us_1", "w1:1-20")).silence())
                .isEqualTo(new Silence(100 * Ledgers.MILLI, 3010 * Ledgers.MILLI));
    }

    @Test
    void measuresASilenceThatNeverEnded() throws LedgerFault {
        var run = new Ledgers(Kind.LOG)
                .acked("w1", 1, 10)
                .pause(5000)
                .attempt("w1", 11)
                .timeout("w1", 11)
                .end();

        assertThat(run.audit(run.copy("us_1", "w1:1-10")).silence().nanos()).isEqualTo(5009 * Ledgers.MILLI);
    }

    @Test
    void doesNotCallOverwrittenValuesLost() throws LedgerFault {
        var run = new Ledgers(Kind.LATEST).acked("w1", 1, 10).end();

        StreamAudit kept = run.audit(run.copy("us_1", 7, "w1:7-10"));
        assertThat(kept.broken()).isFalse();
        assertThat(kept.counts().overwritten()).isEqualTo(6);

        // key 2 shows the value of 6, though 10 was acknowledged
        StreamAudit back = run.audit(run.copy("us_1", 6, "w1:6-9"));
        assertLost(back, Loss.POSTFIX, "w1:10");
    }

    @Test
    void doesNotCallAValueLostThatAnOlderOneReplacedByComingLate() throws LedgerFault {
        var run = new Ledgers(Kind.LATEST)
                .attempt("w1", 1)
                .timeout("w1", 1)
                .acked("w1", 2, 5)
                .end();

        // 1 and 5 have the same key; 1 was stored after 5
        StreamAudit s = run.audit(run.copy("us_1", 1, "w1:2-4", "w1:1", "w1:1"));

        assertThat(s.lostMessages()).isZero();
        assertThat(s.counts().overwritten()).isEqualTo(1);
    }

    @Test
    void countsWhatAConsumerTookFromAQueueAsRead() throws LedgerFault {
        var run = new Ledgers(Kind.QUEUE).acked("w1", 1, 4);
        run.book.add(new Entry.ConsumerAck(9, Ledgers.STREAM, "LOAD", 1, "w1", 1));
        run.book.add(new Entry.ConsumerAck(9, Ledgers.STREAM, "LOAD", 1, "w1", 1));
        run.book.add(new Entry.ConsumerAck(9, Ledgers.STREAM, "LOAD", 2, "w1", 2));
        run.book.add(new Entry.ConsumerAck(9, Ledgers.STREAM, "LOAD", 8, "w1", 2));
        run.end();

        StreamAudit s = run.audit(run.copy("us_1", 4, "w1:4"));

        assertLost(s, Loss.MIDDLE, "w1:3");
        assertThat(s.counts().taken()).isEqualTo(2);
        assertThat(s.duplicated().list()).as("delivered at two sequences").hasToString("[w1:2]");
    }

    @Test
    void callsNothingLostThatWasReplacedOrTakenAfterTheLedgerWasCutOff() throws LedgerFault {
        var values = new Ledgers(Kind.LATEST).acked("w1", 1, 10);
        StreamAudit latest = values.audit(values.copy("us_1", 13, "w1:13-16"));
        assertThat(latest.lostMessages()).isZero();
        assertThat(latest.counts().overwritten()).isEqualTo(10);
        assertThat(latest.counts().beyond()).isEqualTo(4);

        var queue = new Ledgers(Kind.QUEUE).acked("w1", 1, 4);
        AuditReport report = queue.report(queue.copy("us_1", 9, "w1:9"), Map.of("LOAD", 8L));
        assertThat(report.lost()).isZero();
        assertThat(report.untold()).isEqualTo(4);
    }

    @Test
    void provesALossInSpiteOfACutOff() throws LedgerFault {
        var values = new Ledgers(Kind.LATEST).acked("w1", 1, 10);
        assertLost(values.audit(values.copy("us_1", 6, "w1:6-9")), Loss.POSTFIX, "w1:10");

        var log = new Ledgers(Kind.LOG).acked("w1", 1, 10);
        assertLost(log.audit(log.copy("us_1", 3, "w1:3-12")), Loss.PREFIX, "w1:1-2");

        var queue = new Ledgers(Kind.QUEUE).acked("w1", 1, 4);
        assertLost(queue.audit(Readback.gone(queue.book)), Loss.PREFIX, "w1:1-4");
    }

    @Test
    void doesNotCallValuesLostThatSomebodyElseReplaced() throws LedgerFault {
        var run = new Ledgers(Kind.LATEST).acked("w1", 1, 8).end();
        Readback copy = run.copy("us_1", 5, "w1:5-6");
        copy.add(9, "$KV.LOAD.w1-3", new Payload("run2", "w1", 3).text());
        copy.add(10, "$KV.LOAD.w1-0", "by hand");

        StreamAudit replaced = run.audit(copy);
        assertThat(replaced.lostMessages()).isZero();
        assertThat(replaced.counts().overwritten()).isEqualTo(6);

        Readback other = run.copy("us_1", 5, "w1:5-6");
        other.add(9, "$KV.LOAD.w1-3", new Payload("run2", "w1", 3).text());
        other.add(10, "$KV.LOAD.w2-0", new Payload("run2", "w2", 4).text());
        assertThat(run.audit(other).lostMessages()).as("4 and 8, of the key 0").isEqualTo(2);

        Readback older = new Readback(run.book, "us_1");
        older.add(1, "$KV.LOAD.w1-0", "of a log that began anew");
        assertThat(run.audit(older).lostMessages()).isEqualTo(8);
    }

    @Test
    void doesNotCallLostWhatIsTakenFromAQueueAfterTheLoad() throws LedgerFault {
        var run = new Ledgers(Kind.QUEUE).acked("w1", 1, 4);
        run.book.add(new Entry.Floor(9, Ledgers.STREAM, "LOAD", 2));
        run.end();

        StreamAudit s = run.audit(run.copy("us_1", 9, "w2:9"), Map.of("LOAD", 3L));

        assertThat(s.counts().untold()).isEqualTo(1);
        assertThat(s.lostMessages()).isEqualTo(3);
    }

    @Test
    void saysWhenNothingOfTheLoadIsHere() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 4).end();

        AuditReport gone = run.report(Readback.gone(run.book), Map.of());
        assertThat(gone.nothingHere()).isTrue();
        assertThat(gone.elsewhere("OTHER")).isTrue();
        assertThat(gone.elsewhere("STRETCH")).isFalse();
        assertThat(gone.elsewhere("")).isFalse();

        AuditReport here = run.report(run.copy("us_1", "w1:4"), Map.of());
        assertThat(here.nothingHere()).isFalse();
        assertThat(here.elsewhere("OTHER"))
                .as("reached by way of another cluster")
                .isFalse();
        assertThat(run.report(run.copy("us_1"), Map.of(), run.copy("us_2", "w1:1-4"))
                        .nothingHere())
                .isFalse();
        assertThat(run.report(null, Map.of()).nothingHere())
                .as("not even a leader")
                .isFalse();
    }

    @Test
    void doesNotCallLostWhatLimitsMayHaveDropped() throws LedgerFault {
        var run = new Ledgers(Kind.LOG, true).acked("w1", 1, 10).end();

        StreamAudit s = run.audit(run.copy("us_1", 4, "w1:4-8", "w1:10"));
        assertThat(s.counts().untold()).isEqualTo(3);
        assertLost(s, Loss.MIDDLE, "w1:9");

        assertThat(run.audit(run.copy("us_1")).counts().untold()).isEqualTo(10);
        assertLost(run.audit(run.copy("us_1", "w1:4-10")), Loss.PREFIX, "w1:1-3");
    }

    @Test
    void judgesNothingOfAStreamThatCannotBeRead() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 4).end();

        AuditReport report = run.report(null, Map.of());

        assertThat(report.lost()).isZero();
        assertThat(report.verdict()).isEqualTo(AuditReport.Verdict.OPEN);
    }

    @Test
    void refusesALedgerThatContradictsItself() throws LedgerFault {
        var run = new Ledgers(Kind.LOG).acked("w1", 1, 4);

        assertThatThrownBy(() -> run.book.add(new Entry.Attempt(1, "w1", 6)))
                .isInstanceOf(LedgerFault.class)
                .hasMessageContaining("has no message 6 yet");
        assertThatThrownBy(() -> run.book.add(new Entry.Acked(1, "w7", 1, Ledgers.STREAM, 1, false)))
                .hasMessageContaining("no writer w7");
        assertThatThrownBy(() -> run.book.add(new Entry.Acked(1, "w1", 1, "OTHER", 1, false)))
                .hasMessageContaining("does not send to the stream OTHER");
    }

    private static void assertLost(StreamAudit s, Loss where, String... intervals) {
        for (Loss loss : Loss.values()) {
            assertThat(s.lost().get(loss))
                    .as("lost %s", loss)
                    .extracting(l -> l == null ? "" : l.list().toString())
                    .isEqualTo(loss == where ? java.util.List.of(intervals).toString() : "[]");
        }
        assertThat(s.broken()).isTrue();
    }
}
