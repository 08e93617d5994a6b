package io.stretchc.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.drill.DrillReport;
import io.stretchc.drill.Drills;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** A drill as a page, as JUnit's XML and for a terminal. */
class HtmlDrillTest {
    private static final String HOSTILE = "</title><script>alert(1)</script>{{ 7*7 }}\"'&\u202e\u0007";

    @Test
    void thePageTellsAllAndReadsNothingAsMarkup() {
        String page =
                HtmlDrill.render(Drills.report(DrillReport.Outcome.BROKEN, HOSTILE), HtmlPlanTest.template("drill"));

        assertThat(page)
                .contains(
                        "broken",
                        "arbiter",
                        "killed at every step",
                        "9 messages lost",
                        "await-leader",
                        "<td>done</td>",
                        "<td>is so already</td>")
                .doesNotContain("<td>called</td>")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}")
                .doesNotContain("<script")
                .doesNotContain("\u202e")
                .doesNotContainPattern(" (src|href|style|on[a-z]+)=");
    }

    @Test
    void thePartsOfTheWaitAreThere() {
        String page =
                HtmlDrill.render(Drills.report(DrillReport.Outcome.PASSED, "STRETCH"), HtmlPlanTest.template("drill"));

        assertThat(page).contains("How long clients waited: 14.1 s").contains("2.5 s", "7.0 s");
    }

    @Test
    void junitIsXmlWhateverTheNamesAre() throws Exception {
        String xml = DrillJunit.render(List.of(Drills.report(DrillReport.Outcome.STOPPED, HOSTILE)));

        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(2);
    }

    @Test
    void theTextAndTheTableSayTheSame() {
        DrillReport report = Drills.report(DrillReport.Outcome.PASSED, "STRETCH");

        assertThat(DrillText.of(report))
                .contains("STRETCH, nats-server 2.10.27, recover without us: passed.", "14.1 s", "420 ms are ours");
        assertThat(DrillText.table(List.of(report))).contains("2.10.27", "14.1 s", "420 ms");
        assertThat(DrillView.json(report))
                .contains("\"outcome\" : \"passed\"", "\"lost_though_held\" : 0", "\"total\" : 14.1");
    }
}
