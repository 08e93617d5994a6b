package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what {@code verify --format json} prints. */
public final class VerifyReader {
    private VerifyReader() {}

    /** Evidence of the broken invariants, by code; nothing when this is no such document. */
    public static Optional<SortedMap<String, String>> broken(String text) {
        try {
            JsonNode root = new ObjectMapper().readTree(text);
            if (root == null || !root.path("findings").isArray()) {
                return Optional.empty();
            }
            var broken = new TreeMap<String, String>();
            for (JsonNode f : root.path("findings")) {
                if (f.path("verdict").asText().equals("broken")) {
                    broken.merge(f.path("code").asText(), f.path("evidence").asText(), (a, b) -> a + "; " + b);
                }
            }
            return Optional.of(broken);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
