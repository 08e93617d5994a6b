package io.stretchc.cli;

import io.stretchc.drill.DrillReport;
import io.stretchc.render.DrillJunit;
import io.stretchc.render.DrillView;
import io.stretchc.render.HtmlDrill;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a drill. */
final class DrillFiles {
    private static final Pattern STARTED = Pattern.compile("\"started\":\"([^\"]+)\"");

    private DrillFiles() {}

    static void write(Path directory, DrillReport report) throws IOException {
        Files.writeString(
                directory.resolve("report.html"),
                HtmlDrill.render(report, Resources.page("drill")),
                StandardCharsets.UTF_8);
        Files.writeString(directory.resolve("drill.json"), DrillView.json(report), StandardCharsets.UTF_8);
        Files.writeString(directory.resolve("junit.xml"), DrillJunit.render(List.of(report)), StandardCharsets.UTF_8);
    }

    /** When a load began, by the first line of its ledger. */
    static Optional<Instant> began(Path ledger) {
        try (BufferedReader in = Files.newBufferedReader(ledger, StandardCharsets.UTF_8)) {
            String first = in.readLine();
            Matcher m = STARTED.matcher(first == null ? "" : first);
            return m.find() ? Optional.of(Instant.parse(m.group(1))) : Optional.empty();
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
