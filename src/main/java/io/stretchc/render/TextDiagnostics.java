package io.stretchc.render;

import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Severity;
import io.stretchc.diag.Span;
import java.util.List;
import java.util.Map;

/** Findings for a person at a terminal: position, code, sentence, the line itself, the way out. */
public final class TextDiagnostics {
    private static final int WIDEST = 160;

    private final Map<String, List<String>> sources;
    private final boolean colour;

    /**
     * A renderer.
     *
     * @param sources lines of each file, to show the place
     */
    public TextDiagnostics(Map<String, List<String>> sources, boolean colour) {
        this.sources = sources;
        this.colour = colour;
    }

    /** All findings, each as a paragraph. */
    public String render(DiagnosticView view) {
        var text = new StringBuilder();
        view.diagnostics().forEach(d -> one(d, text));
        return text.toString();
    }

    private void one(Diagnostic d, StringBuilder text) {
        text.append(place(d.file(), d.span().line(), d.span().column())).append(": ");
        text.append(painted(d.severity()))
                .append(' ')
                .append(d.code())
                .append(": ")
                .append(d.message())
                .append('\n');
        excerpt(d, text);
        text.append("    fix: ").append(d.fix()).append('\n');
        for (Diagnostic.Related r : d.related()) {
            text.append("    see: ")
                    .append(place(r.file(), r.span().line(), r.span().column()))
                    .append(": ")
                    .append(r.message())
                    .append('\n');
        }
    }

    private void excerpt(Diagnostic d, StringBuilder text) {
        List<String> lines = sources.getOrDefault(d.file(), List.of());
        int index = d.span().line() - 1;
        boolean wholeFile = d.span().equals(Span.START);
        if (wholeFile || index >= lines.size() || lines.get(index).isBlank()) {
            return;
        }
        String line = lines.get(index);
        boolean shown = line.length() <= WIDEST
                && line.codePoints().noneMatch(io.stretchc.diag.Quote::acts)
                && !io.stretchc.diag.Secrets.looksSecret(line)
                && d.code() != io.stretchc.diag.Code.AC105;
        if (!shown) {
            return;
        }
        int from = Math.min(d.span().column() - 1, line.length());
        int to = d.span().endLine() == d.span().line() ? Math.min(d.span().endColumn() - 1, line.length()) : from + 1;
        String margin = String.format("%5d | ", d.span().line());
        text.append(margin).append(line).append('\n');
        text.append(" ".repeat(margin.length() - 2))
                .append("| ")
                .append(" ".repeat(from))
                .append("^".repeat(Math.max(1, to - from)))
                .append('\n');
    }

    private static String place(String file, int line, int column) {
        return file + ":" + line + ":" + column;
    }

    private String painted(Severity severity) {
        if (!colour) {
            return severity.toString();
        }
        String code = switch (severity) {
            case ERROR -> "31";
            case WARNING -> "33";
            case HINT -> "36";
        };
        return "\u001b[1;" + code + "m" + severity + "\u001b[0m";
    }
}
