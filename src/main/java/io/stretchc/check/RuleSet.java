package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.diag.Severity;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.syntax.SourceDocument;
import io.stretchc.syntax.SourceNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All rules of meaning, and the author's word on which findings are accepted. */
public final class RuleSet {
    private static final List<Rule> RULES = List.of(
            new NameRules(),
            new ReferenceRules(),
            new FallbackRules(),
            new SpareRules(),
            new VersionRules(),
            new PortRules(),
            new AddressRules(),
            new AccessRules(),
            new LeafRules(),
            new ExtraRules(),
            new TlsRules(),
            new QuorumRules(),
            new RouteRules(),
            new PlacementRules(),
            new ReserveRules(),
            new TagRules(),
            new StreamRules(),
            new SubjectRules(),
            new AccountLimitRules(),
            new AccessSubjectRules(),
            new DurabilityRules());

    private RuleSet() {}

    /**
     * What the rules say.
     *
     * @param accepted findings that the topology accepts with a reason
     */
    public record Verdict(List<Diagnostic> diagnostics, List<Diagnostic> accepted) {}

    /** Runs every rule over a topology; {@code document} is where it came from. */
    public static Verdict check(SourceDocument document, ResolvedTopology topology) {
        if (!(document.root() instanceof SourceNode.Mapping)) {
            return new Verdict(List.of(), List.of());
        }
        var found = new Diagnostics(document, topology.doubts()::exactly);
        for (Rule rule : RULES) {
            rule.check(topology, found);
        }
        var kept = new ArrayList<Diagnostic>();
        var accepted = new ArrayList<Diagnostic>();
        List<String> codes = topology.source().accepted();
        var texts = new Diagnostics(document);
        TextRules.check(document.root(), texts);
        for (Diagnostic d :
                Stream.concat(texts.sorted().stream(), found.sorted().stream()).toList()) {
            boolean fine =
                    d.severity() != Severity.ERROR && codes.contains(d.code().name());
            (fine ? accepted : kept).add(d);
        }
        var about = new Diagnostics(document);
        unfounded(topology, accepted, about);
        kept.addAll(about.sorted());
        return new Verdict(kept, accepted);
    }

    private static void unfounded(ResolvedTopology topology, List<Diagnostic> accepted, Diagnostics found) {
        List<String> codes = topology.source().accepted();
        for (int i = 0; i < codes.size(); i++) {
            String name = codes.get(i);
            var code = Arrays.stream(Code.values())
                    .filter(c -> c.name().equals(name))
                    .findFirst();
            boolean used = accepted.stream().anyMatch(d -> d.code().name().equals(name));
            Path at = Path.ROOT.child("accept").at(i).child("code");
            boolean silenced = code.isPresent()
                    && code.get().severity() != Severity.ERROR
                    && !topology.doubts().none();
            if (used || silenced || name.isEmpty() || topology.doubts().exactly(at)) {
                continue;
            }
            String why = code.isEmpty()
                    ? " is not a code."
                    : code.get().severity() == Severity.ERROR ? " is an error and stays one." : " does not occur.";
            found.add(Code.TP111, at, "The accepted finding " + Quote.of(name) + why, "Remove it from `accept`.");
        }
    }
}
