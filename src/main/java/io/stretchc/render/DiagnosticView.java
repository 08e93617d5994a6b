package io.stretchc.render;

import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Severity;
import java.util.List;

/**
 * Findings of one run, ready to be shown.
 *
 * @param accepted how many more were found that the topology accepts
 * @param files how many files were looked at
 */
public record DiagnosticView(List<Diagnostic> diagnostics, int accepted, int files) {
    public DiagnosticView {
        diagnostics = List.copyOf(diagnostics);
    }

    /** Number of findings of a severity. */
    public long count(Severity severity) {
        return diagnostics.stream().filter(d -> d.severity() == severity).count();
    }

    /** One line that counts what was found. */
    public String summary() {
        String text = number(count(Severity.ERROR), "error") + ", " + number(count(Severity.WARNING), "warning") + ", "
                + number(count(Severity.HINT), "hint") + " in " + number(files, "file");
        return accepted == 0 ? text : text + "; " + number(accepted, "finding") + " accepted";
    }

    private static String number(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
