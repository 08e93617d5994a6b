package io.stretchc.render;

import io.stretchc.drill.Applied;
import io.stretchc.drill.DrillReport;
import io.stretchc.drill.Mark;
import io.stretchc.drill.Rto;
import io.stretchc.drill.Stage;
import io.stretchc.drill.StreamView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A drill as one HTML file: what came of it, how long clients waited and for what, and how it is done again. */
public final class HtmlDrill {
    private static final int WIDTH = 680;
    private static final int HEIGHT = 72;
    private static final int TOP = 20;

    private HtmlDrill() {}

    /** The drill as a page. */
    public static String render(DrillReport r, HtmlTemplate template) {
        var values = new TreeMap<String, Object>();
        values.put("headline", "Drill: " + r.scenario() + " " + Shown.of(r.about()));
        values.put("cluster", Shown.of(r.cluster()));
        values.put("version", r.version());
        values.put("technique", r.technique().isEmpty() ? "none" : r.technique());
        values.put("began", r.began().replaceFirst("\\.\\d+Z$", "Z"));
        values.put("rate", r.rate());
        values.put("kills", r.killApply());
        values.put("outcome", r.outcome().title());
        values.put("badge", r.outcome().good() ? "safe" : "failed");
        values.put("faults", r.faults().stream().map(Shown::of).toList());
        values.put("lost", DrillText.lost(r));
        values.put("rto", r.rto() == null ? List.of() : List.of(rto(r.rto())));
        values.put("marks", marks(r.marks()));
        values.put("streams", streams(r));
        values.put("applied", r.applied().stream().map(HtmlDrill::applied).toList());
        values.put("stages", r.stages().stream().map(HtmlDrill::stage).toList());
        return template.render(values);
    }

    private static Map<String, Object> rto(Rto rto) {
        var values = new TreeMap<String, Object>();
        values.put("total", (rto.ended() ? "" : "more than ") + DrillText.seconds(rto.total()));
        values.put("whole", DrillText.seconds(rto.whole()));
        var parts = new ArrayList<Object>();
        double x = 0;
        long all = Math.max(1, rto.total());
        for (Object[] part : List.of(
                new Object[] {"detection", rto.detection()},
                new Object[] {"plan", rto.decision()},
                new Object[] {"meta leader", rto.meta()},
                new Object[] {"streams", rto.streams()})) {
            double wide = 340.0 * (Long) part[1] / all;
            var one = new TreeMap<String, Object>();
            one.put("name", part[0]);
            one.put("seconds", DrillText.seconds((Long) part[1]));
            one.put("x", pixels(x));
            one.put("wide", pixels(wide));
            one.put("kind", "part" + parts.size());
            parts.add(one);
            x += wide;
        }
        values.put("parts", parts);
        return values;
    }

    private static List<Object> marks(List<Mark> marks) {
        var list = new ArrayList<Object>();
        long killed = marks.stream()
                .filter(m -> m.kind() == Mark.Kind.KILLED)
                .mapToLong(Mark::at)
                .findFirst()
                .orElse(0);
        for (Mark m : marks) {
            var values = new TreeMap<String, Object>();
            values.put("number", list.size() + 1);
            values.put("title", m.kind().title());
            values.put("at", DrillText.seconds(m.at()));
            values.put("after", m.at() <= killed ? "" : String.format(Locale.ROOT, "+%.1f s", (m.at() - killed) / 1e9));
            list.add(values);
        }
        return list;
    }

    private static List<Object> streams(DrillReport r) {
        var list = new ArrayList<Object>();
        int seconds = r.streams().stream().mapToInt(s -> s.acks().size()).max().orElse(1);
        double wide = (double) WIDTH / Math.max(1, seconds);
        for (StreamView s : r.streams()) {
            int most = most(s.acks());
            var values = new TreeMap<String, Object>();
            values.put("name", Shown.of(s.name()));
            values.put("acked", s.acked());
            values.put(
                    "outage",
                    DrillText.seconds(s.outage().nanos()) + (s.outage().ended() ? "" : ", to the end"));
            values.put("most", most);
            values.put("width", WIDTH);
            values.put("height", HEIGHT + TOP);
            values.put("acks", path(s.acks(), wide, most));
            values.put("failures", path(s.failures(), wide, most));
            values.put("gap_x", pixels(s.outage().from() / 1e9 * wide));
            values.put("gap_wide", pixels(Math.max(0.5, s.outage().nanos() / 1e9 * wide)));
            values.put("top", TOP);
            values.put("tall", HEIGHT);
            values.put("lines", lines(r.marks(), wide));
            list.add(values);
        }
        return list;
    }

    /** What a bar of full height means: what clients catch up with in a second after an outage would dwarf the rest. */
    private static int most(List<Integer> acks) {
        List<Integer> some = acks.stream().filter(n -> n > 0).sorted().toList();
        return some.isEmpty() ? 1 : Math.min(some.get(some.size() - 1), 2 * some.get(some.size() / 2));
    }

    /** Bars, as one path: each begins at the ground. */
    private static String path(List<Integer> counts, double wide, int most) {
        var path = new StringBuilder();
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) > 0) {
                double tall = (double) HEIGHT * Math.min(counts.get(i), most) / most;
                path.append('M')
                        .append(pixels(i * wide))
                        .append(' ')
                        .append(HEIGHT + TOP)
                        .append("v-")
                        .append(pixels(tall))
                        .append('h')
                        .append(pixels(Math.max(0.5, wide * 0.85)))
                        .append('v')
                        .append(pixels(tall))
                        .append('z');
            }
        }
        return path.toString();
    }

    /** Marks that are close to each other have their numbers on two heights. */
    private static List<Object> lines(List<Mark> marks, double wide) {
        var list = new ArrayList<Object>();
        double before = -100;
        for (Mark m : marks) {
            double x = Math.max(0, m.at() / 1e9 * wide);
            var values = new TreeMap<String, Object>();
            values.put("x", pixels(x));
            values.put("label_x", pixels(Math.min(WIDTH - 8.0, Math.max(8, Math.max(x, before + 16)))));
            before = Math.max(x, before + 16);
            values.put("number", list.size() + 1);
            values.put("kill", m.kind() == Mark.Kind.KILLED);
            list.add(values);
        }
        return list;
    }

    private static Map<String, Object> applied(Applied a) {
        var values = new TreeMap<String, Object>();
        values.put("scenario", a.scenario());
        values.put("summary", DrillText.applied(a));
        long added = Math.max(0, a.addedMillis());
        values.put("cluster", String.format(Locale.ROOT, "%.2f s", Math.max(0, a.millis() - added) / 1e3));
        values.put("ours", a.addedMillis() < 0 ? "not told" : String.format(Locale.ROOT, "%.2f s", added / 1e3));
        var steps = new ArrayList<Object>();
        for (Applied.StepTime s : a.steps()) {
            var one = new TreeMap<String, Object>();
            one.put("step", Shown.of(s.step()));
            one.put("seconds", String.format(Locale.ROOT, "%.2f s", s.millis() / 1e3));
            one.put("how", how(s.how()));
            steps.add(one);
        }
        values.put("steps", steps);
        return values;
    }

    /** As {@code apply} says it. */
    private static String how(String word) {
        return switch (word) {
            case "called" -> "done";
            case "held" -> "is so already";
            default -> Shown.of(word);
        };
    }

    private static Map<String, Object> stage(Stage s) {
        var values = new TreeMap<String, Object>();
        values.put("name", s.name());
        values.put(
                "command",
                String.join(" ", s.words().stream().map(DrillText::word).toList()));
        values.put("exit", s.exit());
        values.put("good", s.asExpected());
        values.put("seconds", DrillText.seconds(s.nanos()));
        values.put(
                "said",
                s.asExpected() ? List.of() : s.said().stream().map(Shown::of).toList());
        return values;
    }

    private static String pixels(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
