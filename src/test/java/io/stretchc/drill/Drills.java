package io.stretchc.drill;

import io.stretchc.ledger.Entry;
import io.stretchc.ledger.Header;
import io.stretchc.ledger.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Drills that never were. */
public final class Drills {
    public static final long SECOND = 1_000_000_000L;

    private Drills() {}

    /** A load on the streams A and B of one writer each, {@code a} and {@code b}. */
    public static ClientView load() {
        return new ClientView(new Header(
                "r",
                Instant.EPOCH,
                "APP",
                List.of(
                        new Header.Stream("A", Kind.LOG, 3, 0, null, false),
                        new Header.Stream("B", Kind.LOG, 3, 0, null, false)),
                List.of(new Header.Writer("a", "us", "A"), new Header.Writer("b", "us", "B"))));
    }

    /** Acks of a writer at these seconds, with counters and sequences from 1 on. */
    public static ClientView acked(ClientView view, String writer, double... seconds) {
        for (int i = 0; i < seconds.length; i++) {
            view.add(new Entry.Acked(
                    at(seconds[i]), writer, i + 1, writer.toUpperCase(java.util.Locale.ROOT), i + 1, false));
        }
        return view;
    }

    public static long at(double seconds) {
        return (long) (seconds * SECOND);
    }

    /** A report with everything in it, and these words in its names. */
    public static DrillReport report(DrillReport.Outcome outcome, String words) {
        ClientView view = load();
        for (int i = 0; i < 400; i++) {
            double at = 0.1 * i;
            if (at < 10 || at > 24) {
                view.add(new Entry.Acked(at(at), "a", i + 1, "A", i + 1, false));
            } else {
                view.add(new Entry.Refused(at(at), "a", i + 1, "503"));
            }
            view.add(new Entry.Acked(at(at), "b", i + 1, "B", i + 1, false));
        }
        List<Mark> marks = List.of(
                new Mark(Mark.Kind.KILLED, at(10)),
                new Mark(Mark.Kind.DETECTED, at(12.5)),
                new Mark(Mark.Kind.PLANNED, at(13)),
                new Mark(Mark.Kind.META_LEADER, at(20)),
                new Mark(Mark.Kind.APPLIED, at(26)),
                new Mark(Mark.Kind.BACK_PLANNED, at(29)),
                new Mark(Mark.Kind.BACK, at(36)),
                new Mark(Mark.Kind.VERIFIED, at(37)),
                new Mark(Mark.Kind.ENDED, at(40)));
        var streams = new ArrayList<>(view.streams(at(10), at(26)));
        streams.add(new StreamView(
                words,
                5,
                streams.get(0).acks(),
                streams.get(0).failures(),
                streams.get(0).outage(),
                streams.get(0).back()));
        var held = new TreeMap<String, Long>();
        held.put("A", 90L);
        var audit = new AuditFacts(
                "broken", List.of(new AuditFacts.Stream("A", 9, List.of(new AuditFacts.Range("a", 92, 100)), 0.9, 0)));
        return new DrillReport(
                "recover",
                words,
                "2.10.27",
                "arbiter",
                "without us",
                "2026-01-01T00:00:00Z",
                true,
                20,
                outcome,
                outcome.good() ? List.of() : List.of("What went wrong: " + words),
                marks,
                List.of(
                        new Stage(
                                "lab",
                                List.of("stretchc", "lab", "up", "topologies/stretch.yaml"),
                                0,
                                true,
                                at(2),
                                List.of("ready")),
                        new Stage("detection", List.of(), 0, true, at(2.5), List.of()),
                        new Stage(
                                "plan recover",
                                List.of("stretchc", "plan", "recover", "--lost", "us", words),
                                outcome.good() ? 0 : 4,
                                outcome.good(),
                                at(0.5),
                                List.of(words))),
                streams,
                Rto.of(marks, streams).orElseThrow(),
                Rpo.of(audit, view, held, at(10)),
                List.of(new Applied(
                        "recover",
                        13_000,
                        420,
                        3,
                        1,
                        List.of(
                                new Applied.StepTime("census", 210, "called"),
                                new Applied.StepTime("await-leader", 6300, "held")))));
    }
}
