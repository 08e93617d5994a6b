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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Holds a document against the topology's schema. A plain scalar where text is wanted is that text, whatever it looks
 * like ({@code name: 2.10} is the name "2.10").
 */
public final class SchemaCheck {
    private static final int SHOWN = 200;
    private static final List<String> FORMS = List.of("minLength", "pattern", "maxLength");

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
        Map<Path, String> forms = forms(errors);
        List<Error> told = errors.stream()
                .filter(e -> !FORMS.contains(e.getKeyword())
                        || e.getKeyword().equals(forms.get(path(e.getInstanceLocation()))))
                .toList();
        told.stream().limit(SHOWN).forEach(e -> report(e, found, broken));
        told.stream().skip(SHOWN).forEach(e -> broken.add(path(e.getInstanceLocation())));
        return new Verdict(withRest(found.sorted(), told.size() - SHOWN), broken);
    }

    /** The last finding says how many more there are: nobody should think that the list is whole. */
    private static List<Diagnostic> withRest(List<Diagnostic> shown, int more) {
        if (more <= 0 || shown.isEmpty()) {
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

    /** What to say about the form of a value: one thing, though it may be too long and of the wrong pattern as well. */
    private static Map<Path, String> forms(List<Error> errors) {
        Map<Path, String> first = new HashMap<>();
        for (Error e : errors) {
            if (FORMS.contains(e.getKeyword())) {
                first.merge(
                        path(e.getInstanceLocation()),
                        e.getKeyword(),
                        (a, b) -> FORMS.indexOf(a) < FORMS.indexOf(b) ? a : b);
            }
        }
        return first;
    }

    private void report(Error e, Diagnostics found, List<Path> broken) {
        Path at = path(e.getInstanceLocation());
        broken.add(at);
        JsonNode value = e.getInstanceNode();
        if (secretAt(at) && value.isValueNode() && !value.isNull()) {
            found.add(
                    Code.AC105,
                    at,
                    "The value of " + Quote.of(readable(at))
                            + " is neither a reference nor a hash; it may be a secret in plain text.",
                    "Give `password` as a mapping with `env`, `file` or `bcrypt` (a whole bcrypt hash).");
            return;
        }
        if (value.isTextual() && Secrets.looksSecret(value.asText())) {
            return; // reported as such wherever it stands
        }
        if (e.getKeyword().equals("additionalProperties")) {
            unknownKey(e, at, found, broken);
            return;
        }
        var wording = new SchemaWording(schema, e, readable(at));
        found.add(wording.code(), at, wording.message(), wording.fix());
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

    private void unknownKey(Error e, Path at, Diagnostics found, List<Path> broken) {
        String key = e.getProperty();
        Path where = at.child(key).key();
        broken.add(where);
        List<String> known = schema.keysAround(e);
        String fix = Nearest.to(key, known)
                .map(m -> "Did you mean " + Quote.of(m) + "?")
                .orElse("Known keys here: " + String.join(", ", known) + ".");
        String name = at.parent() == null ? "the file" : Quote.of(readable(at));
        found.add(Code.SC101, where, "The key " + Quote.of(key) + " is not known in " + name + ".", fix);
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
