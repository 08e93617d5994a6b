package io.stretchc.cli;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** A topology with every field filled in, to put other values into. Texts are JSON, which is YAML too. */
record HostileTopology(JsonNode tree) {
    private static final ObjectMapper ESCAPED =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final ObjectMapper RAW = new ObjectMapper();

    static HostileTopology read(Path file) throws IOException {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(1000);
        Object tree = new Yaml(options).load(Files.readString(file));
        return new HostileTopology(RAW.valueToTree(tree));
    }

    /** The text of a scalar. */
    String at(String pointer) {
        return tree.at(pointer).asText();
    }

    /** The topology with another value in one place. */
    HostileTopology with(String pointer, String value) {
        JsonNode copy = tree.deepCopy();
        set(copy, JsonPointer.compile(pointer), value);
        return new HostileTopology(copy);
    }

    /** The topology with a name changed in every place that has it, so that what refers to it finds it. */
    HostileTopology renamed(String pointer, String value) {
        String name = at(pointer);
        JsonNode copy = tree.deepCopy();
        for (String other : TopologyFields.scalars(tree)) {
            if (tree.at(other).isTextual() && at(other).equals(name)) {
                set(copy, JsonPointer.compile(other), value);
            }
        }
        return new HostileTopology(copy);
    }

    /** The topology with another key beside the one at a pointer. */
    HostileTopology withKey(String pointer, String key) {
        JsonNode copy = tree.deepCopy();
        ((ObjectNode) copy.at(pointer)).put(key, "innocent");
        return new HostileTopology(copy);
    }

    private static void set(JsonNode root, JsonPointer pointer, String value) {
        JsonNode parent = root.at(pointer.head());
        if (parent instanceof ArrayNode array) {
            array.set(pointer.last().getMatchingIndex(), TextNode.valueOf(value));
        } else {
            ((ObjectNode) parent).put(pointer.last().getMatchingProperty(), value);
        }
    }

    /** The text with everything but ASCII as escapes. */
    String escaped() {
        return text(ESCAPED);
    }

    /** The text with characters as they are, where YAML allows that. */
    String raw() {
        return text(RAW);
    }

    private String text(ObjectMapper mapper) {
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }
}
