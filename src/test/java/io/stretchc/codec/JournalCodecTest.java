package io.stretchc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.journal.Entry;
import io.stretchc.plan.StepId;
import io.stretchc.topology.SiteName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JournalCodecTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00.5Z");
    private static final StepId STEP = new StepId("remove-us_1");
    private static final List<Entry> ALL = List.of(
            new Entry.Opened(AT, "sha256:0", "C \"1\"", "recover", new SiteName("us"), 3),
            new Entry.Run(AT, "a1", "me"),
            new Entry.Approved(AT, "id", "me"),
            new Entry.Attested(AT, new SiteName("us"), "fire,\"sum\":\"0\"\nand water", "me"),
            new Entry.Begun(AT, STEP),
            new Entry.Called(AT, STEP, "$JS.API.SERVER.REMOVE us_1"),
            new Entry.Replied(AT, STEP, "success"),
            new Entry.Done(AT, STEP, 12, Entry.How.CALLED),
            new Entry.Noted(AT, null, "worth knowing"),
            new Entry.Stopped(AT, STEP, "interrupted", 5),
            new Entry.Finished(AT, 1200, 30, List.of("IV101")));

    private final JournalCodec codec = new JournalCodec();

    @Test
    void readsWhatItWrote() {
        JournalCodec.Reading.Good read = good(text());
        assertThat(read.entries()).isEqualTo(ALL);
        assertThat(read.bytes()).isEqualTo(text().getBytes(StandardCharsets.UTF_8).length);
        assertThat(text()).endsWith(read.last());
        assertThat(good("").entries()).isEmpty();
    }

    @Test
    void countsALastLineThatWasCutOffForNothing() {
        String text = text();
        int whole = text.lastIndexOf('\n', text.length() - 2) + 1;
        for (int end = whole; end < text.length(); end++) {
            JournalCodec.Reading.Good read = good(text.substring(0, end));
            assertThat(read.entries()).hasSize(ALL.size() - 1);
            assertThat(read.bytes()).isEqualTo(whole);
        }
    }

    @Test
    void tellsThatAnyByteWasChanged() {
        String text = text();
        for (int at = 0; at < text.length() - 1; at++) {
            char other = text.charAt(at) == '0' ? '1' : '0';
            assertThat(codec.read((text.substring(0, at) + other + text.substring(at + 1))
                            .getBytes(StandardCharsets.UTF_8)))
                    .as("at " + at)
                    .isInstanceOf(JournalCodec.Reading.Bad.class);
        }
    }

    @Test
    void tellsThatALineIsGoneOrTwiceOrInAnotherPlace() {
        List<String> lines = text().lines().map(l -> l + "\n").toList();
        bad(String.join("", lines.subList(1, lines.size())));
        bad(lines.get(0) + String.join("", lines.subList(2, lines.size())));
        bad(lines.get(0) + lines.get(0));
        bad(lines.get(0) + lines.get(2) + lines.get(1));
        bad(lines.get(0) + "\n" + lines.get(1));
    }

    private void bad(String text) {
        assertThat(codec.read(text.getBytes(StandardCharsets.UTF_8)))
                .as(text)
                .isInstanceOf(JournalCodec.Reading.Bad.class);
    }

    private JournalCodec.Reading.Good good(String text) {
        JournalCodec.Reading read = codec.read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOf(JournalCodec.Reading.Good.class);
        return (JournalCodec.Reading.Good) read;
    }

    private String text() {
        var text = new StringBuilder();
        String before = "";
        for (int i = 0; i < ALL.size(); i++) {
            before = codec.line(i + 1, before, ALL.get(i));
            text.append(before);
        }
        return text.toString();
    }
}
