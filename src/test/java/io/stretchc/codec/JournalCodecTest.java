package io.stretchc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.stretchc.codec.JournalCodec.Reading;
import io.stretchc.journal.Entry;
import io.stretchc.plan.StepId;
import io.stretchc.topology.SiteName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Journals as files: what was written comes back, and nothing that was cut off or edited. */
class JournalCodecTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00.5Z");
    private static final StepId STEP = new StepId("remove-us_1");
    private static final List<Entry> ALL = List.of(
            new Entry.Opened(AT, "sha256:" + "0f".repeat(32), "STRETCH \"x\"\n", "recover", "us", 14),
            new Entry.Run(AT, "3f2a9c1d", "somebody"),
            new Entry.Approved(AT, "id", "somebody"),
            new Entry.Attested(AT, new SiteName("us"), "fire \u2028 {\"n\":1}\n", "somebody"),
            new Entry.Begun(AT, STEP),
            new Entry.Called(AT, STEP, "$JS.API.SERVER.REMOVE us_1"),
            new Entry.Replied(AT, STEP, "success"),
            new Entry.Done(AT, STEP, 12, Entry.How.CALLED),
            new Entry.Noted(AT, null, "a note"),
            new Entry.Noted(AT, STEP, "a note on a step"),
            new Entry.Sending(AT, STEP),
            new Entry.Stopped(AT, null, "why", 4),
            new Entry.Stopped(AT, STEP, "why", 5),
            new Entry.Finished(AT, 1200, 30, List.of("IV203 foo")));

    private final JournalCodec codec = new JournalCodec();

    private String text() {
        var text = new StringBuilder();
        String before = "";
        for (int i = 0; i < ALL.size(); i++) {
            before = codec.line(i + 1, before, ALL.get(i));
            text.append(before);
        }
        return text.toString();
    }

    private Reading read(String text) {
        return codec.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void entriesComeBackAsTheyWere() {
        String text = text();

        assertThat(read(text)).isEqualTo(good(ALL, text));
        assertThat(read("")).isEqualTo(good(List.of(), ""));
        assertThat(text.lines()).hasSize(ALL.size());
    }

    @Test
    void wherEverItIsCutOffTheWholeLinesBeforeCount() {
        String text = text();
        for (int end = 0; end <= text.length(); end++) {
            String cut = text.substring(0, end);
            int lines = (int) cut.chars().filter(c -> c == '\n').count();
            String whole = cut.substring(0, cut.lastIndexOf('\n') + 1);

            assertThat(read(cut)).as("cut at %d", end).isEqualTo(good(ALL.subList(0, lines), whole));
        }
    }

    private static Reading.Good good(List<Entry> entries, String text) {
        String last = text.substring(text.lastIndexOf('\n', text.length() - 2) + 1);
        return new Reading.Good(entries, text.getBytes(StandardCharsets.UTF_8).length, last);
    }

    @Test
    void thatAnyByteIsAnotherOrAnyLineGoneTwiceOrElsewhereIsSaid() {
        String text = text();
        for (int at = 0; at < text.length() - 1; at++) {
            String other = text.charAt(at) == '0' ? "1" : "0";
            assertThat(read(text.substring(0, at) + other + text.substring(at + 1)))
                    .as("at %d", at)
                    .isInstanceOf(Reading.Bad.class);
        }
        List<String> lines = text.lines().map(l -> l + "\n").toList();
        assertThat(reason(lines.get(0) + String.join("", lines.subList(2, lines.size()))))
                .startsWith("Line 2 ");
        assertThat(reason(lines.get(0) + lines.get(0))).startsWith("Line 2 ");
        assertThat(reason(lines.get(0) + lines.get(2) + lines.get(1))).startsWith("Line 2 ");
        assertThat(reason(lines.get(0) + "\n" + lines.get(1))).startsWith("Line 2 ");
        assertThat(reason(text + "\n")).startsWith("Line " + (ALL.size() + 1) + " ");
        assertThat(reason(text.replace("somebody\",\"sum", "nobody\",\"sum")))
                .isEqualTo(
                        "Line 2 is not one of a journal of `stretchc apply`: it, or the one before it, is not as it was"
                                + " written.");
    }

    @Test
    void whatWasEditedIsSaidWithItsLine() {
        String text = text();

        assertThat(reason(text.replaceFirst("(?m)^.*\"event\":\"run\".*\n", "")))
                .startsWith("Line 2 ");
        assertThat(reason(text.replace("\"event\":\"begin\"", "\"event\":\"began\"")))
                .startsWith("Line 5 ");
        assertThat(reason(text.replace("\"ms\":12", "\"ms\":\"12\""))).startsWith("Line 8 ");
        assertThat(reason(text.replace("\"format\":1", "\"format\":2"))).contains("its format is 2");
        assertThat(reason(text.replaceFirst("2026-01-31", "yesterday"))).startsWith("Line 1 ");
        assertThat(reason("{}\n")).startsWith("Line 1 ");
        assertThat(reason("no journal\n"))
                .isEqualTo("Line 1 is not one of a journal of `stretchc apply`: it is not JSON.");
        assertThat(reason(text.lines().skip(1).reduce("", (a, b) -> a + b + "\n")))
                .startsWith("Line 1 ");
        assertThat(codec.read(new byte[] {(byte) 0xff, '\n'})).isInstanceOf(Reading.Bad.class);
    }

    @Test
    void theSchemaDescribesEachLine() throws IOException {
        var json = new ObjectMapper();
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(json.readTree(Files.readString(Path.of("schema/journal.schema.json"))));

        for (String line : text().lines().toList()) {
            assertThat(schema.validate(json.readTree(line))).as(line).isEmpty();
            assertThat(schema.validate(json.readTree(line.replaceFirst("\\{", "{\"more\":1,"))))
                    .as(line)
                    .isNotEmpty();
        }
    }

    private String reason(String text) {
        Reading reading = read(text);
        assertThat(reading).isInstanceOf(Reading.Bad.class);
        return ((Reading.Bad) reading).reason();
    }
}
