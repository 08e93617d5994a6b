package io.stretchc.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Severity;
import io.stretchc.diag.Span;

/** Findings as JSON, for other programs. {@code format} counts up when a reader would have to change. */
public final class JsonDiagnostics {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonDiagnostics() {}

    /** One document. */
    public static String render(DiagnosticView view) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        root.put("errors", view.count(Severity.ERROR));
        root.put("warnings", view.count(Severity.WARNING));
        root.put("hints", view.count(Severity.HINT));
        root.put("accepted", view.accepted());
        ArrayNode all = root.putArray("diagnostics");
        for (Diagnostic d : view.diagnostics()) {
            ObjectNode one = all.addObject();
            one.put("code", d.code().name());
            one.put("severity", d.severity().toString());
            place(one, d.file(), d.span());
            one.put("message", d.message());
            one.put("fix", d.fix());
            ArrayNode related = one.putArray("related");
            for (Diagnostic.Related r : d.related()) {
                ObjectNode link = related.addObject();
                place(link, r.file(), r.span());
                link.put("message", r.message());
            }
        }
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private static void place(ObjectNode node, String file, Span span) {
        node.put("file", file);
        node.put("line", span.line());
        node.put("column", span.column());
        node.put("end_line", span.endLine());
        node.put("end_column", span.endColumn());
    }
}
