package io.stretchc.render;

import io.stretchc.drill.DrillReport;
import io.stretchc.drill.Stage;
import java.util.List;
import java.util.Locale;

/** Drills as JUnit's XML, which every build server shows: a suite for each, a case for each of its stages. */
public final class DrillJunit {
    private DrillJunit() {}

    /** The suites. */
    public static String render(List<DrillReport> reports) {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        reports.forEach(r -> suite(text, r));
        return text.append("</testsuites>\n").toString();
    }

    private static void suite(StringBuilder text, DrillReport r) {
        boolean good = r.outcome().good();
        double all = r.stages().stream().mapToLong(Stage::nanos).sum() / 1e9;
        String name = "drill " + r.scenario() + " " + r.version();
        text.append(String.format(
                Locale.ROOT,
                "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%.3f\">\n",
                xml(name),
                r.stages().size() + 1,
                failures(r),
                all));
        for (Stage s : r.stages()) {
            open(text, name, s.name(), s.nanos() / 1e9);
            if (!s.asExpected()) {
                text.append("      <failure message=\"exit code ")
                        .append(s.exit())
                        .append("\">")
                        .append(xml(String.join("\n", s.said())))
                        .append("</failure>\n");
            }
            text.append("    </testcase>\n");
        }
        open(text, name, "outcome", 0);
        if (!good) {
            text.append("      <failure message=\"")
                    .append(xml(r.outcome().title()))
                    .append("\">")
                    .append(xml(String.join("\n", r.faults())))
                    .append("</failure>\n");
        }
        text.append("    </testcase>\n  </testsuite>\n");
    }

    private static long failures(DrillReport r) {
        return r.stages().stream().filter(s -> !s.asExpected()).count()
                + (r.outcome().good() ? 0 : 1);
    }

    private static void open(StringBuilder text, String suite, String name, double seconds) {
        text.append(String.format(
                Locale.ROOT,
                "    <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\">\n",
                xml(suite.replace(' ', '.').replaceAll("\\.(?=\\d)", "-")),
                xml(name),
                seconds));
    }

    /** Line ends stay; other characters that act, which XML cannot hold, are made visible. */
    private static String xml(String text) {
        return String.join("\n", text.lines().map(Shown::of).toList())
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
