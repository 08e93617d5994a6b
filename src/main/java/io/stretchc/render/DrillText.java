package io.stretchc.render;

import io.stretchc.drill.Applied;
import io.stretchc.drill.DrillReport;
import io.stretchc.drill.Rto;
import io.stretchc.drill.StreamView;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A drill for a terminal, and a table of many. */
public final class DrillText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private DrillText() {}

    /** A word of a command line as a person types it. */
    public static String word(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + Shown.of(word).replace("'", "'\\''") + "'";
    }

    /** One drill. */
    public static String of(DrillReport r) {
        var text = new StringBuilder();
        text.append(Shown.of(r.cluster()))
                .append(", nats-server ")
                .append(r.version())
                .append(", ")
                .append(r.scenario())
                .append(' ')
                .append(Shown.of(r.about()))
                .append(": ")
                .append(r.outcome().title())
                .append(".\n");
        r.faults().forEach(f -> text.append(Paragraph.of("  ! ", "    ", Shown.of(f))));
        var columns = new Columns();
        columns.add("technique", r.technique().isEmpty() ? "none" : r.technique());
        Rto rto = r.rto();
        if (rto != null) {
            columns.add(
                    "RTO",
                    (rto.ended() ? "" : "more than ") + seconds(rto.total())
                            + " until every stream took messages again");
            columns.add(
                    "",
                    "detection " + seconds(rto.detection()) + ", plan " + seconds(rto.decision()) + ", meta leader "
                            + seconds(rto.meta()) + ", streams " + seconds(rto.streams()));
            columns.add("whole again", seconds(rto.whole()) + " after the loss");
        }
        if (r.rpo() != null) {
            columns.add("RPO", lost(r));
        }
        for (Applied a : r.applied()) {
            columns.add("apply " + a.scenario(), applied(a));
        }
        text.append(columns.text("  "));
        for (StreamView s : r.streams()) {
            text.append("  ")
                    .append(Shown.of(s.name()))
                    .append(": ")
                    .append(s.acked())
                    .append(" acknowledged, longest without an ack ")
                    .append(seconds(s.outage().nanos()))
                    .append(s.outage().ended() ? "" : ", to the end")
                    .append('\n');
        }
        return text.toString();
    }

    /** Many drills, a line each. */
    public static String table(List<DrillReport> reports) {
        var text = new StringBuilder();
        String form = "%-9s %-8s %-12s %-23s %8s %8s %8s %8s %8s %8s %6s %8s%n";
        text.append(String.format(
                Locale.ROOT,
                form,
                "version",
                "scenario",
                "technique",
                "outcome",
                "detect",
                "plan",
                "meta",
                "streams",
                "RTO",
                "whole",
                "lost",
                "added"));
        for (DrillReport r : reports) {
            Rto rto = r.rto();
            text.append(String.format(
                    Locale.ROOT,
                    form,
                    r.version(),
                    r.scenario(),
                    r.technique().isEmpty() ? "-" : r.technique(),
                    r.outcome().title(),
                    rto == null ? "-" : seconds(rto.detection()),
                    rto == null ? "-" : seconds(rto.decision()),
                    rto == null ? "-" : seconds(rto.meta()),
                    rto == null ? "-" : seconds(rto.streams()),
                    rto == null ? "-" : seconds(rto.total()),
                    rto == null ? "-" : seconds(rto.whole()),
                    r.rpo() == null ? "-" : String.valueOf(r.rpo().lost()),
                    added(r)));
        }
        for (DrillReport r : reports) {
            r.faults()
                    .forEach(f -> text.append(
                            Paragraph.of("  ! ", "    ", r.version() + " " + r.scenario() + ": " + Shown.of(f))));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private static String added(DrillReport r) {
        return r.applied().isEmpty() || r.applied().get(0).addedMillis() < 0
                ? "-"
                : r.applied().get(0).addedMillis() + " ms";
    }

    static String lost(DrillReport r) {
        if (r.rpo() == null) {
            return "not told";
        }
        return r.rpo().lost() == 0
                ? "0 messages lost"
                : r.rpo().lost() + " messages lost, "
                        + String.format(Locale.ROOT, "%.1f s", r.rpo().seconds())
                        + ", of which a survivor held or acknowledged "
                        + r.rpo().promised();
    }

    static String applied(Applied a) {
        return String.format(Locale.ROOT, "%.1f s", a.millis() / 1e3) + " in "
                + a.steps().size() + " steps"
                + (a.addedMillis() < 0 ? "" : ", of which " + a.addedMillis() + " ms are ours")
                + (a.kills() == 0 ? "" : ", killed " + a.kills() + " times")
                + (a.tries() < 2 ? "" : ", in " + a.tries() + " tries");
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
