package io.stretchc.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.diag.Path;
import io.stretchc.syntax.SourceNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

/** Shows a source tree to the JSON Schema validator. */
final class JsonView {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_NUMBER = 40;

    private final Set<String> asText;

    /**
     * A view of a tree.
     *
     * @param asText pointers of scalars that count as text although they look like a number or a boolean
     */
    JsonView(Set<String> asText) {
        this.asText = asText;
    }

    JsonNode of(SourceNode node, Path at) {
        if (node instanceof SourceNode.Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            mapping.entries()
                    .forEach(e -> object.set(
                            e.key().text(), of(e.value(), at.child(e.key().text()))));
            return object;
        }
        if (node instanceof SourceNode.Sequence sequence) {
            ArrayNode array = JSON.arrayNode(sequence.items().size());
            for (int i = 0; i < sequence.items().size(); i++) {
                array.add(of(sequence.items().get(i), at.at(i)));
            }
            return array;
        }
        return scalar((SourceNode.Scalar) node, at);
    }

    private JsonNode scalar(SourceNode.Scalar scalar, Path at) {
        boolean text = scalar.text().length() > LONGEST_NUMBER || (!asText.isEmpty() && asText.contains(at.toString()));
        if (text) {
            return JSON.textNode(scalar.text());
        }
        return switch (scalar.kind()) {
            case NULL -> JSON.nullNode();
            case BOOLEAN -> JSON.booleanNode(scalar.text().equals("true"));
            case INTEGER -> JSON.numberNode(new BigInteger(scalar.text()));
            case DECIMAL -> decimal(scalar.text());
            case TEXT -> JSON.textNode(scalar.text());
        };
    }

    private static JsonNode decimal(String text) {
        try {
            return JSON.numberNode(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return JSON.textNode(text); // an exponent beyond what a number can hold
        }
    }
}
