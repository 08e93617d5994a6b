package io.stretchc.render;

import io.stretchc.plan.Scenario;
import io.stretchc.render.PlanScene.Figure;
import io.stretchc.render.PlanScene.Mark;
import io.stretchc.resolve.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the boxes of a picture are, in pixels of a telephone's width; the template draws them. */
final class PlanPicture {
    private static final int WIDTH = 340;
    private static final int ROW = 38;
    private static final int HEAD = 28;
    private static final int LONGEST = 22;

    private final List<Object> sites = new ArrayList<>();
    private int height;

    private PlanPicture() {}

    /** The picture as values of the template: two boxes, what the plan is about and all others. */
    static Map<String, Object> of(String caption, Scenario scenario, List<Figure> figures) {
        var picture = new PlanPicture();
        if (scenario.site() != null) {
            picture.site(
                    scenario.site().text(),
                    figures.stream().filter(Figure::here).toList());
        } else if (!scenario.servers().isEmpty()) {
            picture.site(
                    PlanWords.names(scenario.servers()),
                    figures.stream().filter(Figure::here).toList());
        }
        String others = scenario.site() != null ? "all other sites" : "servers";
        picture.site(others, figures.stream().filter(f -> !f.here()).toList());
        var values = new TreeMap<String, Object>();
        values.put("caption", caption);
        values.put("width", WIDTH);
        values.put("height", picture.height);
        values.put("sites", picture.sites);
        values.put("words", words(figures));
        return values;
    }

    private void site(String name, List<Figure> figures) {
        int rows = (figures.size() + 1) / 2;
        int tall = HEAD + Math.max(1, rows) * ROW + 8;
        var servers = new ArrayList<Object>();
        for (int i = 0; i < figures.size(); i++) {
            servers.add(server(figures.get(i), 10 + i % 2 * 162, height + HEAD + i / 2 * ROW));
        }
        var values = new TreeMap<String, Object>();
        values.put("name", shortened(name, 40));
        values.put("y", height);
        values.put("title_y", height + 19);
        values.put("height", tall);
        values.put("servers", servers);
        sites.add(values);
        height += tall + 10;
    }

    private static Map<String, Object> server(Figure f, int x, int y) {
        var values = new TreeMap<String, Object>();
        values.put("x", x);
        values.put("y", y);
        values.put(
                "full",
                Shown.of(f.name().text() + ": " + note(f)
                        + (f.holds().isEmpty() ? "" : "; holds " + String.join(", ", f.holds()))));
        values.put("name", shortened(f.name().text(), LONGEST));
        values.put("note", note(f));
        values.put("kind", f.mark().name().toLowerCase(java.util.Locale.ROOT));
        values.put("diamond", f.role() == Role.ARBITER || f.role() == Role.STAND_IN);
        values.put("crossed", f.mark() == Mark.DEAD || f.mark() == Mark.REMOVED || f.mark() == Mark.STOPPED);
        values.put("leads", f.leads());
        return values;
    }

    /** What is written below the name. */
    private static String note(Figure f) {
        String role = f.role() == null || f.role() == Role.SERVER ? "" : PlanWords.role(f.role()) + ", ";
        return switch (f.mark()) {
            case ALIVE ->
                role.isEmpty() && !f.holds().isEmpty()
                        ? "alive, " + f.holds().size() + (f.holds().size() == 1 ? " copy" : " copies")
                        : role + "alive";
            case DEAD -> role + "dead";
            case SILENT -> "must not answer";
            case STARTED -> f.role() == Role.SERVER ? "back" : role + "new";
            case REMOVED -> role + "removed";
            case STOPPED -> role + "stopped";
        };
    }

    /** The picture in words, for those who do not see it. */
    private static String words(List<Figure> figures) {
        return figures.isEmpty()
                ? "no server is known"
                : String.join(
                        "; ",
                        figures.stream()
                                .map(f -> Shown.of(f.name().text()) + " " + note(f))
                                .toList());
    }

    private static String shortened(String name, int longest) {
        String shown = Shown.of(name);
        return shown.codePointCount(0, shown.length()) <= longest
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, longest - 1)) + "…";
    }
}
