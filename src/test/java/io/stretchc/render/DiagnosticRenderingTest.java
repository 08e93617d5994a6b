package io.stretchc.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Severity;
import io.stretchc.diag.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosticRenderingTest {
    @Test
    void githubCommandsEscapeWhatWouldEndAProperty() {
        Diagnostic d = diagnostic(Code.SC101, "to,po:logy%0A\n.yaml", "50% of a,b:c\r\nnext", "Fix: x, y");

        assertThat(GithubDiagnostics.render(view(d)))
                .isEqualTo("::error file=to%2Cpo%3Alogy%250A%0A.yaml,line=2,col=3,endColumn=7,"
                        + "title=SC101%3A A key is not known::50%25 of a,b:c%0D%0Anext%0AFix: x, y\n");
    }

    @ParameterizedTest
    @CsvSource({"SC101, error", "QM101, warning", "PL108, notice"})
    void githubHasItsOwnWordsForSeverities(Code code, String command) {
        assertThat(GithubDiagnostics.render(view(diagnostic(code, "f", "m", "x"))))
                .startsWith("::" + command + " ");
    }

    @ParameterizedTest
    @CsvSource({"SC101, 31, error", "QM101, 33, warning", "PL108, 36, hint"})
    void onATerminalTheSeverityIsColouredAndTheColourEnds(Code code, String colour, String word) {
        String text = new TextDiagnostics(Map.of(), true).render(view(diagnostic(code, "f", "m.", "x.")));

        assertThat(text).contains("\u001b[1;" + colour + "m" + word + "\u001b[0m " + code);
    }

    @Test
    void elsewhereThereIsNoColour() {
        String text = new TextDiagnostics(Map.of("f", List.of("a", "b: \u001b[31mx")), false)
                .render(view(diagnostic(Code.SC101, "f", "m.", "x.")));

        assertThat(text).doesNotContain("\u001b").isEqualTo("f:2:3: error SC101: m.\n    fix: x.\n");
    }

    @Test
    void theLineIsShownWithTheSpanMarked() {
        String text = new TextDiagnostics(Map.of("f", List.of("one", "  word: 1")), false)
                .render(view(diagnostic(Code.SC101, "f", "m.", "x.")));

        assertThat(text).contains("    2 |   word: 1\n      |   ^^^^\n");
    }

    @Test
    void aMarkCountsCodePointsLikeTheSpan() {
        Diagnostic d = new Diagnostic(Code.SC101, Severity.ERROR, "f", new Span(1, 8, 1, 9), "m.", "x.", List.of());
        String text = new TextDiagnostics(Map.of("f", List.of("a🦊🦊🦊: 🦊b")), false).render(view(d));

        assertThat(text).contains("\n      |        ^\n");
    }

    @Test
    void aLineWithASecretIsNotShown() {
        String seed = "SUAM" + "A".repeat(54);
        String text = new TextDiagnostics(Map.of("f", List.of("a", "x: " + seed)), false)
                .render(view(diagnostic(Code.SC101, "f", "m.", "x.")));

        assertThat(text).doesNotContain(seed);
    }

    @Test
    void theSummaryCountsByWeight() {
        var view = new DiagnosticView(
                List.of(
                        diagnostic(Code.SC101, "f", "m.", "x."),
                        diagnostic(Code.QM101, "f", "m.", "x."),
                        diagnostic(Code.QM101, "f", "n.", "x.")),
                1,
                2);

        assertThat(view.summary()).isEqualTo("1 error, 2 warnings, 0 hints in 2 files; 1 finding accepted");
    }

    private static DiagnosticView view(Diagnostic d) {
        return new DiagnosticView(List.of(d), 0, 1);
    }

    private static Diagnostic diagnostic(Code code, String file, String message, String fix) {
        return new Diagnostic(code, code.severity(), file, new Span(2, 3, 2, 7), message, fix, List.of());
    }
}
