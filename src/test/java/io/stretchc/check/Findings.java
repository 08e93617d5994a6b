package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.read.TopologyReader;
import io.stretchc.resolve.Resolver;
import io.stretchc.syntax.SourceDocument;
import io.stretchc.syntax.YamlReader;
import java.util.List;
import java.util.Objects;

/** What the rules of meaning say about a topology, whether it accepts them or not. */
final class Findings {
    private Findings() {}

    /** Findings of one kind, as text. */
    static List<String> messages(String yaml, Code code) {
        return of(yaml, code).stream().map(Diagnostic::message).toList();
    }

    /** Findings of one kind. */
    static List<Diagnostic> of(String yaml, Code code) {
        SourceDocument document =
                Objects.requireNonNull(YamlReader.read("topology.yaml", yaml).value(), "not YAML");
        RuleSet.Verdict verdict =
                RuleSet.check(document, Resolver.resolve(TopologyReader.read(document.root()), List.of()));
        return java.util.stream.Stream.concat(verdict.diagnostics().stream(), verdict.accepted().stream())
                .filter(d -> d.code() == code)
                .toList();
    }
}
