package io.stretchc.render;

import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Severity;

/** Findings as GitHub workflow commands, which show up at the changed lines. */
public final class GithubDiagnostics {
    private GithubDiagnostics() {}

    /** A line for each finding. */
    public static String render(DiagnosticView view) {
        var text = new StringBuilder();
        for (Diagnostic d : view.diagnostics()) {
            text.append("::").append(command(d.severity()));
            text.append(" file=").append(property(d.file()));
            text.append(",line=").append(d.span().line());
            text.append(",col=").append(d.span().column());
            if (d.span().endLine() == d.span().line()) {
                text.append(",endColumn=").append(d.span().endColumn());
            }
            text.append(",title=").append(property(d.code() + ": " + d.code().title()));
            text.append("::").append(data(d.message() + "\n" + d.fix())).append('\n');
        }
        return text.toString();
    }

    private static String command(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case HINT -> "notice";
        };
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
