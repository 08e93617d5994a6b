package io.stretchc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.drill.Applied;
import io.stretchc.drill.AuditFacts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a drill reads of other commands' output. */
class DrillReadersTest {
    @Test
    void theLostMessagesOfAnAudit() {
        AuditFacts facts = AuditReader.read("""
                {"verdict": "broken", "streams": [{"name": "A",
                  "lost": {"messages": 4, "prefix": {"messages": 4, "intervals": ["w1:1-3", "w2:7"]}, "rpo_seconds": 1.5},
                  "duplicated": {"messages": 1}, "unexpected": {"messages": 0}, "diverged": [{}],
                  "ack_floors_back": [{"lasting": true}, {"lasting": false}]}]}
                """).orElseThrow();

        assertThat(facts)
                .isEqualTo(new AuditFacts(
                        "broken",
                        List.of(new AuditFacts.Stream(
                                "A",
                                4,
                                List.of(new AuditFacts.Range("w1", 1, 3), new AuditFacts.Range("w2", 7, 7)),
                                1.5,
                                3))));
        assertThat(AuditReader.read("stretchc: no")).isEmpty();
        assertThat(AuditReader.read("{}")).isEmpty();
    }

    @Test
    void theStepsOfAJournalOfTwoRuns() {
        var reader = new AppliedReader(List.of(
                "{\"n\":1,\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"opened\"}",
                "{\"n\":2,\"at\":\"2026-01-01T00:00:01Z\",\"event\":\"call\",\"step\":\"census\"}",
                "{\"n\":3,\"at\":\"2026-01-01T00:00:02Z\",\"event\":\"done\",\"step\":\"census\",\"ms\":900,\"how\":\"called\"}",
                "{\"n\":4,\"at\":\"2026-01-01T00:00:03Z\",\"event\":\"finished\",\"ms\":3000,\"addedMs\":120}",
                "{\"n\":5,\"at\":\"2026-01-0"));

        assertThat(reader.events()).containsExactly("opened", "call census", "done census", "finished");
        assertThat(reader.at("done", "census")).contains(Instant.parse("2026-01-01T00:00:02Z"));
        assertThat(reader.applied("recover"))
                .isEqualTo(new Applied(
                        "recover", 3000, 120, 0, 1, List.of(new Applied.StepTime("census", 900, "called"))));
        assertThat(new AppliedReader(List.of()).applied("recover").addedMillis())
                .isEqualTo(-1);
    }
}
