package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.drill.Applied;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how long the steps of a run took from the journal of {@code apply}; lines that are none are left out. */
public final class AppliedReader {
    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonNode> lines = new ArrayList<>();

    /** Takes the lines of a journal. */
    public AppliedReader(List<String> journal) {
        for (String line : journal) {
            try {
                JsonNode node = json.readTree(line);
                if (node != null && node.path("event").isTextual()) {
                    lines.add(node);
                }
            } catch (JsonProcessingException e) {
                // cut off by the end of the process, or no line of a journal
            }
        }
    }

    /** Event and step of each line, as {@code done remove-us_1}; lines that are about no step are the event alone. */
    public List<String> events() {
        return lines.stream()
                .map(n -> n.path("step").isTextual()
                        ? n.path("event").asText() + " " + n.path("step").asText()
                        : n.path("event").asText())
                .toList();
    }

    /** When the first line of this event and step was written. */
    public Optional<Instant> at(String event, @Nullable String step) {
        return lines.stream()
                .filter(n -> n.path("event").asText().equals(event)
                        && (step == null || n.path("step").asText().equals(step)))
                .flatMap(n -> instant(n).stream())
                .findFirst();
    }

    /** The run. A step that several runs looked at counts once, with the time of all of them. */
    public Applied applied(String scenario) {
        var steps = new LinkedHashMap<String, Applied.StepTime>();
        long added = -1;
        for (JsonNode n : lines) {
            if (n.path("event").asText().equals("done")) {
                var step = new Applied.StepTime(
                        n.path("step").asText(),
                        n.path("ms").asLong(),
                        n.path("how").asText());
                steps.merge(
                        step.step(), step, (x, y) -> new Applied.StepTime(x.step(), x.millis() + y.millis(), x.how()));
            } else if (n.path("event").asText().equals("finished")) {
                added = n.path("addedMs").asLong(-1);
            }
        }
        Optional<Instant> first = lines.isEmpty() ? Optional.empty() : instant(lines.get(0));
        Optional<Instant> last = lines.isEmpty() ? Optional.empty() : instant(lines.get(lines.size() - 1));
        long millis = first.isPresent() && last.isPresent()
                ? Duration.between(first.get(), last.get()).toMillis()
                : 0;
        return new Applied(scenario, millis, added, 0, 1, List.copyOf(steps.values()));
    }

    private static Optional<Instant> instant(JsonNode n) {
        try {
            return Optional.of(Instant.parse(n.path("at").asText()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
