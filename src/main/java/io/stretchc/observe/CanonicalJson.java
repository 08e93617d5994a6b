package io.stretchc.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.stretchc.diag.Secrets;
import java.util.TreeMap;

/** A configuration as one text: keys sorted, no blanks, nothing in it that looks like a secret. */
final class CanonicalJson {
    private static final String HIDDEN = "(a secret, not shown)";

    private final ObjectMapper json = new ObjectMapper();

    /**
     * A configuration's text.
     *
     * @param hides whether something was left out
     */
    record Text(String json, boolean hides) {}

    Text of(JsonNode node) {
        var hides = new boolean[1];
        try {
            return new Text(json.writeValueAsString(sorted("", node, hides)), hides[0]);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private JsonNode sorted(String key, JsonNode node, boolean[] hides) {
        if (node.isObject()) {
            var keys = new TreeMap<String, JsonNode>();
            node.properties().forEach(f -> keys.put(f.getKey(), f.getValue()));
            ObjectNode object = json.createObjectNode();
            keys.forEach((k, v) -> object.set(k, sorted(k, v, hides)));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = json.createArrayNode();
            node.forEach(n -> array.add(sorted(key, n, hides)));
            return array;
        }
        boolean secret = node.isTextual()
                && !node.textValue().isEmpty()
                && (Secrets.looksSecret(node.textValue()) || Secrets.namesSecret(key));
        hides[0] |= secret;
        return secret ? TextNode.valueOf(HIDDEN) : node;
    }
}
