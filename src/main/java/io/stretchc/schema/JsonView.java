package io.stretchc.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.syntax.ScalarKind;
import io.stretchc.syntax.SourceNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Shows a source tree to the JSON Schema validator. A plain scalar where the schema takes text is that text, whatever it
 * looks like, so that {@code 2.10} is held against the pattern of a version and not taken for a number.
 */
final class JsonView {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_NUMBER = 40;

    private final TopologySchema schema;

    JsonView(TopologySchema schema) {
        this.schema = schema;
    }

    JsonNode of(SourceNode root) {
        return of(root, schema.at(""));
    }

    private JsonNode of(SourceNode node, JsonNode wanted) {
        if (node instanceof SourceNode.Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            for (SourceNode.Entry e : mapping.entries()) {
                String key = e.key().text();
                object.set(key, of(e.value(), schema.property(wanted, key)));
            }
            return object;
        }
        if (node instanceof SourceNode.Sequence sequence) {
            ArrayNode array = JSON.arrayNode(sequence.items().size());
            JsonNode items = schema.items(wanted);
            sequence.items().forEach(i -> array.add(of(i, items)));
            return array;
        }
        return scalar((SourceNode.Scalar) node, wanted);
    }

    private JsonNode scalar(SourceNode.Scalar scalar, JsonNode wanted) {
        return switch (scalar.kind()) {
            case NULL -> JSON.nullNode();
            case TEXT -> JSON.textNode(scalar.text());
            case BOOLEAN, INTEGER, DECIMAL ->
                schema.takesText(wanted) || scalar.text().length() > LONGEST_NUMBER
                        ? JSON.textNode(scalar.text())
                        : literal(scalar);
        };
    }

    private static JsonNode literal(SourceNode.Scalar scalar) {
        String text = scalar.text();
        if (scalar.kind() == ScalarKind.BOOLEAN) {
            return JSON.booleanNode(text.equals("true"));
        }
        try {
            return scalar.kind() == ScalarKind.INTEGER
                    ? JSON.numberNode(new BigInteger(text))
                    : JSON.numberNode(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return JSON.textNode(text); // an exponent beyond what a number can hold
        }
    }
}
