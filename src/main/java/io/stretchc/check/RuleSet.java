package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.diag.Severity;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.syntax.SourceDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All rules of meaning, and the author's word on which findings are accepted. */
public final class RuleSet {
    private static final List<Rule> RULES = List.of(
            new NameRules(),
            new ReferenceRules(),
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
        var found = new Diagnostics(document);
        TextRules.check(document.root(), found);
        for (Rule rule : RULES) {
            rule.check(topology, found);
        }
        var kept = new ArrayList<Diagnostic>();
        var accepted = new ArrayList<Diagnostic>();
        List<String> codes = topology.source().accepted();
        for (Diagnostic d : found.sorted()) {
            boolean fine =
                    d.severity() != Severity.ERROR && codes.contains(d.code().name());
            (fine ? accepted : kept).add(d);
        }
        var about = new Diagnostics(document);
        unfounded(codes, accepted, about);
        kept.addAll(about.sorted());
        return new Verdict(kept, accepted);
    }

    private static void unfounded(List<String> codes, List<Diagnostic> accepted, Diagnostics found) {
        for (int i = 0; i < codes.size(); i++) {
            String name = codes.get(i);
            var code = Arrays.stream(Code.values())
                    .filter(c -> c.name().equals(name))
                    .findFirst();
            boolean used = accepted.stream().anyMatch(d -> d.code().name().equals(name));
            if (used || name.isEmpty()) {
                continue;
            }
            String why = code.isEmpty()
                    ? " is not a code."
                    : code.get().severity() == Severity.ERROR ? " is an error and stays one." : " does not occur.";
            found.add(
                    Code.TP111,
                    Path.ROOT.child("accept").at(i),
                    "The accepted finding " + Quote.of(name) + why,
                    "Remove it from `accept`.");
        }
    }
}
