package io.stretchc.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
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

    /** The part of the schema that holds the rule of an error. */
    JsonNode around(Error e) {
        String fragment = e.getSchemaLocation().getFragment().toString();
        String last = "/" + e.getKeyword();
        boolean inside = fragment.endsWith(last);
        return document.at(inside ? fragment.substring(0, fragment.length() - last.length()) : fragment);
    }

    /** Names of the keys that the object schema around an error knows. */
    List<String> keysAround(Error e) {
        var keys = new ArrayList<String>();
        around(e).path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
