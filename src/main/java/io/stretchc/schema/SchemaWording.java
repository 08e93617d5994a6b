package io.stretchc.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import io.stretchc.diag.Code;
import io.stretchc.diag.Nearest;
import io.stretchc.diag.Quote;
import java.util.ArrayList;
import java.util.List;

/** One violation of the schema in words: code, fact and way out. */
final class SchemaWording {
    private final TopologySchema schema;
    private final Error error;
    private final String keyword;
    private final JsonNode value;
    private final String name;

    /**
     * The wording of an error.
     *
     * @param where the path of the value as a reader writes it; empty for the file as a whole
     */
    SchemaWording(TopologySchema schema, Error error, String where) {
        this.schema = schema;
        this.error = error;
        this.keyword = error.getKeyword();
        this.value = error.getInstanceNode();
        this.name = where.isEmpty() ? "" : Quote.of(where);
    }

    Code code() {
        return switch (keyword) {
            case "required" -> Code.SC103;
            case "type" -> Code.SC102;
            case "enum", "const" -> Code.SC104;
            case "minItems", "maxItems", "minProperties", "maxProperties" -> Code.SC106;
            default -> Code.SC105;
        };
    }

    String message() {
        return switch (keyword) {
            case "required" ->
                "The key " + Quote.of(error.getProperty()) + " is missing in " + (name.isEmpty() ? "the file" : name)
                        + ".";
            case "type" ->
                (name.isEmpty() ? "The file" : "The value of " + name) + " is " + kind() + ", where "
                        + wanted(around().path("type")) + " is expected.";
            case "enum", "const" -> "The value " + shown() + " is not one that " + name + " can have.";
            case "minItems", "minProperties" ->
                entries() + ", where at least " + error.getSchemaNode().asText() + " is expected.";
            case "maxItems", "maxProperties" ->
                entries() + ", where at most " + error.getSchemaNode().asText() + " is expected.";
            case "minLength" -> "The value of " + name + " is empty.";
            default -> "The value " + shown() + " is not allowed for " + name + ".";
        };
    }

    String fix() {
        String rule = error.getSchemaNode().asText();
        return switch (keyword) {
            case "required" ->
                "Add `" + error.getProperty() + ":`"
                        + example(around().path("properties").path(error.getProperty())) + ".";
            case "type" -> typeFix();
            case "enum", "const" -> choice();
            case "minItems" -> "Add an entry.";
            case "maxItems" -> "Remove what is too many.";
            case "minProperties", "maxProperties" -> "Give one of " + Quote.all(schema.keysAround(error)) + ".";
            case "minimum" -> "Give at least " + rule + ".";
            case "maximum" -> "Give at most " + rule + ".";
            case "minLength" -> "Give a text" + example(around()) + ".";
            case "maxLength" -> "Give a text of at most " + rule + " characters.";
            default -> form();
        };
    }

    private String form() {
        var forms = new ArrayList<String>();
        around().path("examples").forEach(e -> forms.add(Quote.of(e.asText())));
        String few = String.join(" or ", forms.subList(0, Math.min(3, forms.size())));
        return few.isEmpty() ? "See the schema for its form." : "Give it the form of " + few + ".";
    }

    private String typeFix() {
        String type = around().path("type").asText();
        String text = value.asText();
        boolean quoted = value.isTextual()
                && ((type.equals("boolean") && (text.equals("true") || text.equals("false")))
                        || (type.equals("integer") && text.matches("-?[0-9]{1,18}")));
        if (quoted) {
            return "Remove the quotes.";
        }
        if (value.isNull()) {
            return "Give " + wanted(around().path("type")) + example(around()) + ", or remove the key.";
        }
        return switch (type) {
            case "boolean" -> "Write `true` or `false`.";
            case "array" -> "Write a list: a line with `- ` for each entry.";
            case "object" -> "Write a mapping: a line with `key: value` for each entry.";
            default -> "Write " + wanted(around().path("type")) + example(around()) + ".";
        };
    }

    private String choice() {
        var allowed = new ArrayList<String>();
        if (error.getSchemaNode().isArray()) {
            error.getSchemaNode().forEach(n -> allowed.add(n.asText()));
        } else {
            allowed.add(error.getSchemaNode().asText());
        }
        if (allowed.size() == 1) {
            return "Write " + Quote.of(allowed.get(0)) + ".";
        }
        String all = "Allowed: " + String.join(", ", allowed) + ".";
        return Nearest.to(value.asText(), allowed)
                .map(m -> "Did you mean " + Quote.of(m) + "? " + all)
                .orElse(all);
    }

    private String entries() {
        int count = value.size();
        return (name.isEmpty() ? "The file" : name) + " has " + (count == 0 ? "no" : count)
                + (count == 1 ? " entry" : " entries");
    }

    /** An example of the schema, if it is a single word or number. */
    private static String example(JsonNode rule) {
        JsonNode first = rule.path("examples").path(0);
        return first.isValueNode() ? ", for example `" + first.asText() + "`" : "";
    }

    private String shown() {
        return Quote.of(value.isTextual() ? value.asText() : value.toString());
    }

    private String kind() {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> "empty";
            case ARRAY -> "a list";
            case OBJECT, POJO -> "a mapping";
            case BOOLEAN -> "the boolean `" + value.asText() + "`";
            case NUMBER -> "the number " + Quote.of(value.asText());
            case STRING, BINARY -> "the text " + Quote.of(value.asText());
        };
    }

    private static String wanted(JsonNode types) {
        if (types.isArray()) {
            List<String> all = new ArrayList<>();
            types.forEach(t -> all.add(wanted(t)));
            return String.join(" or ", all);
        }
        return switch (types.asText()) {
            case "array" -> "a list";
            case "object" -> "a mapping";
            case "boolean" -> "a boolean";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            default -> "a text";
        };
    }

    private JsonNode around() {
        return schema.around(error);
    }
}
