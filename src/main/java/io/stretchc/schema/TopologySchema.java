package io.stretchc.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;

/** The published JSON Schema (draft-07) of the topology, ready to check documents. */
public final class TopologySchema {
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
            Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(document);
            return new TopologySchema(document, compiled);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the packaged schema is not JSON", e);
        }
    }

    Schema compiled() {
        return compiled;
    }

    /** The part of the schema at a JSON pointer fragment such as {@code /definitions/server}. */
    JsonNode at(String fragment) {
        return document.at(fragment);
    }

    /** Names of the keys that the object schema at a fragment knows. */
    List<String> keysAt(String fragment) {
        var keys = new ArrayList<String>();
        at(fragment).path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
