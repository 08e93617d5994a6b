package io.stretchc.render;

import io.stretchc.diag.Quote;
import io.stretchc.ledger.AuditReport;
import io.stretchc.ledger.Divergence;
import io.stretchc.ledger.Entry;
import io.stretchc.ledger.FloorBack;
import io.stretchc.ledger.Intervals;
import io.stretchc.ledger.Loss;
import io.stretchc.ledger.StreamAudit;
import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.Collectors;

/** An audit for people: what it comes to, a table of the streams, then each finding. */
public final class AuditText {
    private static final int SHOWN = 8;

    private final StringBuilder text = new StringBuilder();

    private AuditText() {}

    /** The text. */
    public static String of(AuditReport report) {
        return new AuditText().render(report);
    }

    private String render(AuditReport report) {
        if (report.nothingHere()) {
            line(
                    "Nothing of the load %s is here, in none of its streams: perhaps this is another cluster or account.",
                    name(report.header().run()));
        }
        line("%s", verdict(report));
        if (!report.complete()) {
            line(
                    "The ledger is cut off%s: what was sent after its last line is not in the figures.",
                    report.torn() ? ", within its last line" : "");
        }
        line("");
        int width = Math.max(
                6,
                report.streams().stream()
                        .mapToInt(s -> Quote.plain(s.stream().name()).length())
                        .max()
                        .orElse(0));
        line(
                "%-" + width + "s %9s %9s %9s %6s %6s %9s %8s %9s %10s",
                "stream",
                "sent",
                "acked",
                "read",
                "lost",
                "twice",
                "recovered",
                "unknown",
                "refusals",
                "no ack for");
        for (StreamAudit s : report.streams()) {
            StreamAudit.Counts c = s.counts();
            line(
                    "%-" + width + "s %9d %9d %9s %6s %6s %9s %8d %9d %8.2f s",
                    Quote.plain(s.stream().name()),
                    c.messages(),
                    c.acked(),
                    judged(s, c.ok() + c.overwritten()),
                    judged(s, s.lostMessages()),
                    judged(s, s.duplicated().messages()),
                    judged(s, c.recovered()),
                    c.unknown() + c.untold(),
                    c.refusals(),
                    s.silence().nanos() / 1e9);
        }
        report.streams().forEach(this::findings);
        moves(report);
        return text.toString();
    }

    private static String verdict(AuditReport report) {
        return switch (report.verdict()) {
            case KEPT ->
                report.untold() > 0
                        ? "0 acknowledged messages are known to be lost; of " + report.untold() + " it cannot be told."
                        : "0 acknowledged messages are lost; every promise was kept.";
            case OPEN -> "0 acknowledged messages are known to be lost, but not every stream could be read.";
            case BROKEN ->
                report.lost() == 0
                        ? "0 acknowledged messages are lost, but a promise was broken: " + broken(report) + "."
                        : report.lost() + " acknowledged " + (report.lost() == 1 ? "message is" : "messages are")
                                + " lost; a promise was broken.";
        };
    }

    /** What else than a loss is broken. */
    private static String broken(AuditReport report) {
        var parts = new ArrayList<String>();
        long twice = 0;
        long unexpected = 0;
        long diverged = 0;
        long floors = 0;
        for (StreamAudit s : report.streams()) {
            twice += s.duplicated().messages();
            unexpected += s.unexpected().messages();
            diverged += s.divergences().size();
            floors += s.floorsBack().stream().filter(FloorBack::lasting).count();
        }
        if (twice > 0) {
            parts.add(messages(twice) + " stored twice");
        }
        if (diverged > 0) {
            parts.add(diverged
                    + (diverged == 1 ? " replica differs from its leader" : " replicas differ from their leader"));
        }
        if (floors > 0) {
            parts.add(floors + (floors == 1 ? " ack floor went back" : " ack floors went back"));
        }
        if (unexpected > 0) {
            parts.add(messages(unexpected) + " that the ledger never sent");
        }
        return String.join(", ", parts);
    }

    private static String judged(StreamAudit s, long n) {
        return s.leader() == null ? "?" : Long.toString(n);
    }

    private void findings(StreamAudit s) {
        int before = text.length();
        for (Loss loss : Loss.values()) {
            Intervals lost = s.lost().get(loss);
            if (lost != null && lost.messages() > 0) {
                line("  lost, %s: %s: %s", loss.name().toLowerCase(Locale.ROOT), messages(lost.messages()), list(lost));
            }
        }
        if (s.lostMessages() > 0) {
            line(
                    "  RPO: %d messages, %.1f s (from the sending of the first lost to the ack of the last)",
                    s.lostMessages(), s.rpo() / 1e9);
        }
        s.held().forEach((server, n) -> line("  %s still has %d of the lost messages", name(server), n));
        some("stored twice", s.duplicated());
        some("unexpected, never sent by the ledger", s.unexpected());
        for (Divergence d : s.divergences()) {
            line(
                    "  %s has diverged from the leader %s at %d sequences; the first is %d: the leader has %s, it has %s",
                    name(d.server()),
                    name(String.valueOf(s.leader())),
                    d.sequences(),
                    d.sequence(),
                    Quote.plain(d.atLeader()),
                    Quote.plain(d.atServer()));
        }
        s.behind().forEach((server, n) -> line("  %s is behind by %d messages", name(server), n));
        floors(s);
        if (s.counts().refused() > 0) {
            line("  %s refused at every attempt", messages(s.counts().refused()));
        }
        if (s.counts().overwritten() > 0) {
            line("  %d were replaced by later values of their keys", s.counts().overwritten());
        }
        if (s.counts().untold() > 0) {
            line(
                    "  of %d acknowledged it cannot be told whether they are lost: %s",
                    s.counts().untold(),
                    s.stream().limited()
                            ? "limits of the stream (age, count or bytes), or a consumer later, may have taken them"
                            : "a consumer may have taken them after the end of the ledger");
        }
        if (s.counts().beyond() > 0) {
            line("  %d were sent after the end of the ledger", s.counts().beyond());
        }
        if (s.counts().foreign() > 0) {
            line("  %d messages are of somebody else", s.counts().foreign());
        }
        s.unread().forEach((server, why) -> line("  not read: %s: %s", name(server), Quote.sentence(why)));
        if (text.length() > before) {
            text.insert(before, "\n" + Quote.plain(s.stream().name()) + " (" + read(s) + ")\n");
        }
    }

    private void floors(StreamAudit s) {
        long dips = s.floorsBack().stream().filter(f -> !f.lasting()).count();
        if (dips > 0) {
            FloorBack first = s.floorsBack().get(0);
            line(
                    "  the ack floor of %s went back for a while (%d times, first from %d to %d at %.1f s)",
                    name(first.consumer()), dips, first.highest(), first.found(), first.at() / 1e9);
        }
        s.floorsBack().stream()
                .filter(FloorBack::lasting)
                .forEach(f -> line(
                        "  the ack floor of %s went back from %d to %d", name(f.consumer()), f.highest(), f.found()));
    }

    private void some(String what, Intervals intervals) {
        if (intervals.messages() > 0) {
            line("  %s: %s: %s", what, messages(intervals.messages()), list(intervals));
        }
    }

    private void moves(AuditReport report) {
        var away = report.moves().stream().filter(m -> !m.home()).toList();
        if (!away.isEmpty()) {
            line("");
            for (Entry.Moved m : away.stream().limit(SHOWN).toList()) {
                line(
                        "At %.1f s the writers of %s went to %s of another site",
                        m.at() / 1e9, name(m.site()), name(m.server()));
            }
        }
    }

    private static String read(StreamAudit s) {
        String copies = s.copies().entrySet().stream()
                .map(e ->
                        Quote.plain(e.getKey()) + (e.getKey().equals(s.leader()) ? ", leader: " : ": ") + e.getValue())
                .collect(Collectors.joining("; "));
        return copies.isEmpty() ? "no copy was read" : copies;
    }

    private static String list(Intervals intervals) {
        String shown =
                intervals.list().stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining(", "));
        int more = intervals.list().size() - SHOWN;
        return more > 0 || intervals.omitted() > 0 ? shown + " and more" : shown;
    }

    private static String messages(long n) {
        return n + (n == 1 ? " message" : " messages");
    }

    private static String name(String text) {
        return Quote.of(text);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
