package io.stretchc.cli;

import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Severity;
import io.stretchc.render.DiagnosticView;
import io.stretchc.render.GithubDiagnostics;
import io.stretchc.render.JsonDiagnostics;
import io.stretchc.render.SarifDiagnostics;
import io.stretchc.render.TextDiagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prints what was found in one or more files, in the form that was asked for. */
final class Reporter {
    private final boolean strict;

    Reporter(boolean strict) {
        this.strict = strict;
    }

    /** Forms of output. */
    enum Format {
        text,
        json,
        sarif,
        github
    }

    /** The findings of these files as one view. */
    static DiagnosticView view(List<TopologyLoader.Loaded> files) {
        var all = new ArrayList<Diagnostic>();
        int accepted = 0;
        for (TopologyLoader.Loaded f : files) {
            all.addAll(f.diagnostics());
            accepted += f.accepted().size();
        }
        return new DiagnosticView(all, accepted, files.size());
    }

    /** The findings in the wanted form. */
    String render(List<TopologyLoader.Loaded> files, Format format, boolean colour) {
        DiagnosticView view = view(files);
        return switch (format) {
            case text -> new TextDiagnostics(lines(files), colour).render(view);
            case json -> JsonDiagnostics.render(view);
            case sarif -> SarifDiagnostics.render(view);
            case github -> GithubDiagnostics.render(view);
        };
    }

    /** Whether the findings make a command fail. */
    boolean fails(List<TopologyLoader.Loaded> files) {
        DiagnosticView view = view(files);
        return view.count(Severity.ERROR) > 0
                || files.stream().anyMatch(f -> f.topology() == null)
                || (strict && view.count(Severity.WARNING) > 0);
    }

    private static Map<String, List<String>> lines(List<TopologyLoader.Loaded> files) {
        var lines = new TreeMap<String, List<String>>();
        for (TopologyLoader.Loaded f : files) {
            String text = f.source().text();
            if (text != null && !f.diagnostics().isEmpty()) {
                lines.put(f.source().name(), text.lines().toList());
            }
        }
        return lines;
    }
}
