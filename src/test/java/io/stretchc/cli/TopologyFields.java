package io.stretchc.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Fields of topologies as patterns such as {@code /sites/[]/servers/[]/tags/[]}: those that the schema knows, and those
 * that a document has. What is free-form, {@code extra} and {@code metadata}, counts as one field below its name.
 */
final class TopologyFields {
    private static final Set<String> FREE = Set.of("extra", "metadata");

    private final JsonNode schema;
    private final Set<String> found = new TreeSet<>();
    private final Map<String, Predicate<String>> rules = new TreeMap<>();
    private final Map<String, String> kinds = new TreeMap<>();

    private TopologyFields(JsonNode schema) {
        this.schema = schema;
    }

    /** Every field of the schema that takes a scalar. */
    static Set<String> of(JsonNode schema) {
        var fields = new TopologyFields(schema);
        fields.walk(schema, "", "");
        return fields.found;
    }

    /** What a pattern or a choice of the schema lets pass, by the field that has one. */
    static Map<String, Predicate<String>> rules(JsonNode schema) {
        var fields = new TopologyFields(schema);
        fields.walk(schema, "", "");
        return fields.rules;
    }

    /** What is the same for two fields of one name under one rule, by the field. */
    static Map<String, String> kinds(JsonNode schema) {
        var fields = new TopologyFields(schema);
        fields.walk(schema, "", "");
        return fields.kinds;
    }

    private void walk(JsonNode rule, String path, String name) {
        if (rule.has("$ref")) {
            walk(schema.at(rule.path("$ref").asText().substring(1)), path, name);
        }
        rule.path("allOf").forEach(r -> walk(r, path, name));
        if (FREE.contains(name)) {
            found.add(path + "/*");
            return;
        }
        rule.path("properties").properties().forEach(p -> walk(p.getValue(), path + "/" + p.getKey(), p.getKey()));
        if (rule.has("items")) {
            walk(rule.path("items"), path + "/[]", "[]");
        }
        String types = rule.path("type").toString();
        boolean scalar = types.matches(".*\"(string|number|integer|boolean)\".*");
        if (scalar || rule.has("enum") || rule.has("const")) {
            found.add(path);
            kinds.put(path, name + " " + rule);
            if (rule.has("pattern")) {
                rules.put(path, Pattern.compile(rule.path("pattern").asText()).asPredicate());
            } else if (!types.contains("string")) {
                rules.put(path, v -> false);
            } else if (rule.has("enum")) {
                rules.put(path, v -> rule.path("enum").toString().contains('"' + v + '"'));
            }
        }
    }

    /** JSON pointers of all scalars of a document, in its order. */
    static List<String> scalars(JsonNode document) {
        var pointers = new ArrayList<String>();
        collect(document, "", pointers);
        return pointers;
    }

    private static void collect(JsonNode node, String pointer, List<String> into) {
        if (node.isObject()) {
            node.properties().forEach(p -> collect(p.getValue(), pointer + "/" + p.getKey(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), pointer + "/" + i, into);
            }
        } else {
            into.add(pointer);
        }
    }

    /** JSON pointers of all mappings of a document. */
    static List<String> mappings(JsonNode document) {
        var pointers = new ArrayList<String>();
        mappings(document, "", pointers);
        return pointers;
    }

    private static void mappings(JsonNode node, String pointer, List<String> into) {
        if (node.isObject()) {
            into.add(pointer);
            node.properties().forEach(p -> mappings(p.getValue(), pointer + "/" + p.getKey(), into));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            mappings(node.get(i), pointer + "/" + i, into);
        }
    }

    /** The field that a pointer leads to. */
    static String field(String pointer) {
        String pattern = pointer.replaceAll("/[0-9]+(?=/|$)", "/[]");
        return pattern.replaceFirst("/(extra|metadata)/.*", "/$1/*");
    }
}
