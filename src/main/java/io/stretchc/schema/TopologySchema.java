package io.stretchc.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.JDKRegularExpressionFactory;
import com.networknt.schema.regex.RegularExpression;
import java.util.ArrayList;
import java.util.List;

/** The published JSON Schema (draft-07) of the topology, ready to check documents. */
public final class TopologySchema {
    private static final int LONGEST_MATCHED = 512;

    private final JsonNode document;
    private final Schema compiled;

    private TopologySchema(JsonNode document, Schema compiled) {
        this.document = document;
        this.compiled = compiled;
    }

    /** The schema in this JSON text. */
    public static TopologySchema of(String json) {
        try {
            JsonNode document = new ObjectMapper().readTree(json);
            SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                    .regularExpressionFactory(TopologySchema::expression)
                    .build();
            Schema compiled = SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_7, b -> b.schemaRegistryConfig(config))
                    .getSchema(document);
            return new TopologySchema(document, compiled);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the packaged schema is not JSON", e);
        }
    }

    /** A pattern of the schema. None is for long texts, on which Java's expressions run out of stack. */
    private static RegularExpression expression(String pattern) {
        RegularExpression full = JDKRegularExpressionFactory.getInstance().getRegularExpression(pattern);
        return text -> text.length() <= LONGEST_MATCHED && full.matches(text);
    }

    Schema compiled() {
        return compiled;
    }

    /** The part of the schema at a JSON pointer fragment such as {@code /definitions/server}. */
    JsonNode at(String fragment) {
        return document.at(fragment);
    }

    /** The part of the schema that holds the rule of an error. */
    JsonNode around(Error e) {
        String fragment = e.getSchemaLocation().getFragment().toString();
        String last = "/" + e.getKeyword();
        boolean inside = fragment.endsWith(last);
        return at(inside ? fragment.substring(0, fragment.length() - last.length()) : fragment);
    }

    /** The schema of the value under a key; missing when the key is not known. */
    JsonNode property(JsonNode object, String key) {
        for (JsonNode part : parts(object)) {
            JsonNode property = part.path("properties").path(key);
            if (!property.isMissingNode()) {
                return property;
            }
            if (part.path("additionalProperties").isObject()) {
                return part.path("additionalProperties");
            }
        }
        return MissingNode.getInstance();
    }

    /** The schema of a list's entries; missing when it says nothing. */
    JsonNode items(JsonNode list) {
        return parts(list).stream()
                .map(p -> p.path("items"))
                .filter(i -> !i.isMissingNode())
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** Whether text is among the types of a value. */
    boolean takesText(JsonNode value) {
        for (JsonNode part : parts(value)) {
            JsonNode type = part.path("type");
            if (type.asText().equals("string")) {
                return true;
            }
            for (JsonNode one : type) {
                if (one.asText().equals("string")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A schema with what it refers to. */
    private List<JsonNode> parts(JsonNode node) {
        var parts = new ArrayList<JsonNode>();
        parts.add(node);
        for (JsonNode more : node.path("allOf")) {
            parts.addAll(parts(more));
        }
        if (node.has("$ref")) {
            parts.addAll(parts(at(node.path("$ref").asText().substring(1))));
        }
        return parts;
    }

    /** Names of the keys that the object schema around an error knows. */
    List<String> keysAround(Error e) {
        var keys = new ArrayList<String>();
        around(e).path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
