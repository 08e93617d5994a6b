package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.drill.AuditFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code lab audit --format json} prints. */
public final class AuditReader {
    private static final Pattern RANGE = Pattern.compile("(.+):(\\d+)(?:-(\\d+))?");

    private AuditReader() {}

    /** What it found; nothing when this is no such document. */
    public static Optional<AuditFacts> read(String text) {
        try {
            JsonNode root = new ObjectMapper().readTree(text);
            if (root == null || !root.path("verdict").isTextual()) {
                return Optional.empty();
            }
            var streams = new ArrayList<AuditFacts.Stream>();
            root.path("streams").forEach(s -> streams.add(stream(s)));
            return Optional.of(new AuditFacts(root.path("verdict").asText(), streams));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static AuditFacts.Stream stream(JsonNode s) {
        var ranges = new ArrayList<AuditFacts.Range>();
        for (String part : List.of("prefix", "middle", "postfix")) {
            s.path("lost").path(part).path("intervals").forEach(i -> {
                Matcher m = RANGE.matcher(i.asText());
                if (m.matches()) {
                    long first = Long.parseLong(m.group(2));
                    ranges.add(new AuditFacts.Range(
                            m.group(1), first, m.group(3) == null ? first : Long.parseLong(m.group(3))));
                }
            });
        }
        long floors = 0;
        for (JsonNode f : s.path("ack_floors_back")) {
            floors += f.path("lasting").asBoolean() ? 1 : 0;
        }
        return new AuditFacts.Stream(
                s.path("name").asText(),
                s.path("lost").path("messages").asLong(),
                ranges,
                s.path("lost").path("rpo_seconds").asDouble(),
                s.path("duplicated").path("messages").asLong()
                        + s.path("unexpected").path("messages").asLong()
                        + s.path("diverged").size()
                        + floors);
    }
}
