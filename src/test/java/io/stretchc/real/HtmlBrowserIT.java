package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stretchc.drill.DrillReport;
import io.stretchc.drill.Drills;
import io.stretchc.render.HtmlDrill;
import io.stretchc.render.HtmlTemplate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser: no complaint, nothing from outside, nothing wider than a telephone. */
final class HtmlBrowserIT {
    private static final Path PICTURES = Path.of("target/pictures");

    @Test
    void thePagesAreFineOnATelephoneAndOnADesk(@TempDir Path home) throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "no browser: neither is CHROMIUM set nor chromium, chromium-browser, google-chrome or chrome on PATH");
        Files.createDirectories(PICTURES);
        try (Browser browser = Browser.open(chromium.get(), home.resolve("profile"))) {
            for (String plan : new String[] {"recover-2.10.27", "recover-2.12.15", "bridge-2.10.27"}) {
                Stretchc shown =
                        Stretchc.run(Map.of(), "show", "src/test/golden/plan/" + plan + ".yaml", "--format", "html");
                assertThat(shown.code()).as(shown.err()).isZero();
                look(browser, page(home, plan, shown.out()), plan);
            }
            String words = "a-name-without-any-place-to-break-it-" + "x".repeat(200);
            look(
                    browser,
                    page(home, "hostile", report(DrillReport.Outcome.BROKEN, words + "<script>alert(1)</script>")),
                    "drill-hostile");
            look(browser, page(home, "drill", report(DrillReport.Outcome.PASSED, "STRETCH")), "drill");
        }
    }

    private static void look(Browser browser, Path page, String name) throws Exception {
        for (int width : new int[] {375, 1024}) {
            String scheme = width == 375 ? "dark" : "light";
            browser.show(page, width, 812, scheme);

            assertThat(browser.number("document.documentElement.scrollWidth"))
                    .as("%s at %d", name, width)
                    .isLessThanOrEqualTo(width);
            assertThat(browser.number("document.styleSheets.length"))
                    .as("its own style is let in")
                    .isEqualTo(1);
            assertThat(browser.complaints()).as("%s at %d", name, width).isEmpty();
            assertThat(browser.requests()).containsExactly(page.toUri().toString());
            browser.screenshot(PICTURES.resolve(name + "-" + width + ".png"));
        }
    }

    private static String report(DrillReport.Outcome outcome, String words) throws Exception {
        Path from = Path.of("src/main/resources/io/stretchc/render");
        return HtmlDrill.render(
                Drills.report(outcome, words),
                new HtmlTemplate(
                        Files.readString(from.resolve("drill.html.j2")), Files.readString(from.resolve("page.css"))));
    }

    private static Path page(Path home, String name, String text) throws Exception {
        return Files.writeString(home.resolve(name + ".html"), text, StandardCharsets.UTF_8);
    }
}
