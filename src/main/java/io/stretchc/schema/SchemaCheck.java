package io.stretchc.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Nearest;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.diag.Secrets;
import io.stretchc.syntax.SourceDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds a document against the topology's schema. A plain scalar where text is wanted is that text, whatever it looks
 * like ({@code name: 2.10} is the name "2.10").
 */
public final class SchemaCheck {
    private static final int SHOWN = 200;

    private final TopologySchema schema;

    public SchemaCheck(TopologySchema schema) {
        this.schema = schema;
    }

    /**
     * What the schema has to say.
     *
     * @param broken paths whose values the reader must leave out
     */
    public record Verdict(List<Diagnostic> diagnostics, List<Path> broken) {}

    /** Checks a document. */
    public Verdict check(SourceDocument document) {
        List<Error> errors = schema.compiled().validate(new JsonView(schema).of(document.root()));
        var found = new Diagnostics(document);
        var broken = new ArrayList<Path>();
        errors.stream().limit(SHOWN).forEach(e -> report(e, found, broken));
        errors.stream().skip(SHOWN).forEach(e -> broken.add(path(e.getInstanceLocation())));
        return new Verdict(withRest(found.sorted(), errors.size() - SHOWN), broken);
    }

    /** The last finding says how many more there are: nobody should think that the list is whole. */
    private static List<Diagnostic> withRest(List<Diagnostic> shown, int more) {
        if (more <= 0) {
            return shown;
        }
        var all = new ArrayList<>(shown);
        Diagnostic last = all.remove(all.size() - 1);
        String rest = String.format(
                Locale.ROOT, "%s Then run again: %,d more findings of the schema are not shown.", last.fix(), more);
        all.add(new Diagnostic(
                last.code(), last.severity(), last.file(), last.span(), last.message(), rest, last.related()));
        return all;
    }

    private void report(Error e, Diagnostics found, List<Path> broken) {
        Path at = path(e.getInstanceLocation());
        broken.add(at);
        if (secretAt(at)
                && e.getInstanceNode().isValueNode()
                && !e.getInstanceNode().isNull()) {
            found.add(
                    Code.AC105,
                    at,
                    "The value of " + Quote.of(readable(at))
                            + " is not a reference; a secret in plain text has no place here.",
                    "Give `password` as a mapping with `env`, `file` or `bcrypt` (a whole bcrypt hash).");
            return;
        }
        String name = at.parent() == null ? "the file" : Quote.of(readable(at));
        switch (e.getKeyword()) {
            case "additionalProperties" -> unknownKey(e, at, name, found, broken);
            case "required" ->
                found.add(
                        Code.SC103,
                        at,
                        "The key " + Quote.of(e.getProperty()) + " is missing in " + name + ".",
                        "Add `" + e.getProperty() + ":`"
                                + example(parent(e).path("properties").path(e.getProperty())) + ".");
            case "type" ->
                found.add(
                        Code.SC102,
                        at,
                        "The value of " + name + " is " + kind(e.getInstanceNode()) + ", where "
                                + wanted(parent(e).path("type")) + " is expected.",
                        typeFix(e));
            case "enum", "const" -> oneOf(e, at, name, found);
            case "minItems", "minProperties", "maxProperties" ->
                found.add(
                        Code.SC106,
                        at,
                        "The number of entries in " + name + " is "
                                + e.getInstanceNode().size() + ", which is "
                                + (e.getKeyword().startsWith("min") ? "too few." : "too many."),
                        "Give " + (e.getKeyword().startsWith("min") ? "at least " : "at most ")
                                + e.getSchemaNode().asText() + ".");
            default ->
                found.add(
                        Code.SC105,
                        at,
                        "The value " + shown(e.getInstanceNode()) + " is not allowed for " + name + ".",
                        valueFix(e));
        }
    }

    /** Whether the value at this path, or one above it, is a secret that must not be repeated in a message. */
    private static boolean secretAt(Path at) {
        for (Path p = at; p != null; p = p.parent()) {
            if (Secrets.namesSecret(p.segment())) {
                return true;
            }
        }
        return false;
    }

    private void unknownKey(Error e, Path at, String name, Diagnostics found, List<Path> broken) {
        String key = e.getProperty();
        Path where = at.child(key).key();
        broken.add(where);
        List<String> known = schema.keysAt(parentFragment(e));
        Optional<String> meant = Nearest.to(key, known);
        String fix = meant.map(m -> "Did you mean " + Quote.of(m) + "?")
                .orElse("Known keys here: " + String.join(", ", known) + ".");
        found.add(Code.SC101, where, "The key " + Quote.of(key) + " is not known in " + name + ".", fix);
    }

    private void oneOf(Error e, Path at, String name, Diagnostics found) {
        var allowed = new ArrayList<String>();
        if (e.getSchemaNode().isArray()) {
            e.getSchemaNode().forEach(n -> allowed.add(n.asText()));
        } else {
            allowed.add(e.getSchemaNode().asText());
        }
        String fix = Nearest.to(e.getInstanceNode().asText(), allowed)
                .filter(m -> allowed.size() > 1)
                .map(m -> "Did you mean " + Quote.of(m) + "? Allowed: " + String.join(", ", allowed) + ".")
                .orElse("Allowed: " + String.join(", ", allowed) + ".");
        found.add(
                Code.SC104,
                at,
                "The value " + shown(e.getInstanceNode()) + " is not one that " + name + " can have.",
                fix);
    }

    private String valueFix(Error e) {
        JsonNode rule = e.getSchemaNode();
        String example = example(parent(e));
        return switch (e.getKeyword()) {
            case "minimum" -> "Give at least " + rule.asText() + ".";
            case "maximum" -> "Give at most " + rule.asText() + ".";
            case "minLength" -> "Give a text that is not empty" + example + ".";
            case "maxLength" -> "Give a text of at most " + rule.asText() + " characters.";
            default -> "Write it" + (example.isEmpty() ? " as the schema describes" : example) + ".";
        };
    }

    private String typeFix(Error e) {
        if (e.getInstanceNode().isNull()) {
            return "Give a value" + example(parent(e)) + ", or remove the key.";
        }
        if (parent(e).path("type").asText().equals("boolean")) {
            return "Write `true` or `false`.";
        }
        return "Write it" + (example(parent(e)).isEmpty() ? " as the schema describes" : example(parent(e))) + ".";
    }

    private static String example(JsonNode schema) {
        JsonNode first = schema.path("examples").path(0);
        if (first.isMissingNode()) {
            return "";
        }
        return ", for example `" + (first.isTextual() ? first.asText() : first.toString()) + "`";
    }

    private static String shown(JsonNode value) {
        return Quote.of(value.isTextual() ? value.asText() : value.toString());
    }

    private static String kind(JsonNode value) {
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
            return wanted(types.get(0)) + " or " + wanted(types.get(1));
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

    private JsonNode parent(Error e) {
        return schema.at(parentFragment(e));
    }

    private static String parentFragment(Error e) {
        String fragment = e.getSchemaLocation().getFragment().toString();
        String last = "/" + e.getKeyword();
        return fragment.endsWith(last) ? fragment.substring(0, fragment.length() - last.length()) : fragment;
    }

    private static Path path(NodePath location) {
        Path path = Path.ROOT;
        for (int i = 0; i < location.getNameCount(); i++) {
            path = path.child(String.valueOf(location.getElement(i)));
        }
        return path;
    }

    private static String readable(Path at) {
        String text = String.join(".", at.segments());
        return text.replaceAll("\\.(\\d+)(?=\\.|$)", "[$1]");
    }
}
