package io.stretchc.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Severity;
import io.stretchc.diag.Span;

/** Findings as SARIF 2.1.0, which code-scanning services take in. */
public final class SarifDiagnostics {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SarifDiagnostics() {}

    /** One log with one run. */
    public static String render(DiagnosticView view) {
        ObjectNode root = JSON.createObjectNode();
        root.put(
                "$schema",
                "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        root.put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "stretchc");
        ArrayNode rules = driver.putArray("rules");
        for (Code code : Code.values()) {
            ObjectNode rule = rules.addObject();
            rule.put("id", code.name());
            rule.putObject("shortDescription").put("text", code.title());
            rule.putObject("help").put("text", "stretchc explain " + code);
            rule.putObject("defaultConfiguration").put("level", level(code.severity()));
        }
        run.put("columnKind", "unicodeCodePoints");
        ArrayNode results = run.putArray("results");
        view.diagnostics().forEach(d -> result(results.addObject(), d));
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private static void result(ObjectNode result, Diagnostic d) {
        result.put("ruleId", d.code().name());
        result.put("level", level(d.severity()));
        result.putObject("message").put("text", d.message() + " Fix: " + d.fix());
        location(result.putArray("locations").addObject(), d.file(), d.span());
        if (!d.related().isEmpty()) {
            ArrayNode related = result.putArray("relatedLocations");
            for (Diagnostic.Related r : d.related()) {
                ObjectNode location = related.addObject();
                location(location, r.file(), r.span());
                location.putObject("message").put("text", r.message());
            }
        }
    }

    private static void location(ObjectNode location, String file, Span span) {
        ObjectNode physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", uri(file));
        ObjectNode region = physical.putObject("region");
        region.put("startLine", span.line());
        region.put("startColumn", span.column());
        region.put("endLine", span.endLine());
        region.put("endColumn", span.endColumn());
    }

    private static String uri(String file) {
        var uri = new StringBuilder();
        for (byte b : file.replace('\\', '/').getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "/._-~".indexOf(c) >= 0);
            uri.append(plain ? String.valueOf(c) : "%%%02X".formatted(b & 0xff));
        }
        return file.startsWith("/") ? "file://" + uri : uri.toString();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case HINT -> "note";
        };
    }
}
