package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.topology.ServerName;
import java.util.List;

/** What to know before any plan is approved. */
final class Warnings {
    private Warnings() {}

    static void common(Facts facts, List<String> warnings) {
        common(facts, List.of(), warnings);
    }

    /**
     * The same.
     *
     * @param known servers whose silence is what the plan is about
     */
    static void common(Facts facts, List<ServerName> known, List<String> warnings) {
        List<ServerName> silent =
                facts.silentElsewhere().stream().filter(n -> !known.contains(n)).toList();
        if (!silent.isEmpty() && facts.aboutSite()) {
            warnings.add(Quote.all(silent)
                    + " of another site does not answer either, and is not removed. Start it first" + " if you can.");
        }
        if (facts.census().mixedVersions()) {
            warnings.add("The servers run " + Quote.all(facts.census().versions())
                    + "; the plan is for the oldest. Mixed releases were not proven.");
        }
        List<String> gaps = facts.snapshot().gaps().stream()
                .filter(g ->
                        facts.namesOfSite().stream().noneMatch(n -> g.subject().equals("server " + n)))
                .map(g -> Quote.sentence(g.subject() + ": " + g.reason()))
                .toList();
        if (!gaps.isEmpty()) {
            warnings.add("The snapshot has " + (gaps.size() == 1 ? "a gap" : gaps.size() + " gaps")
                    + ": what it did not see is not in this plan. "
                    + (gaps.size() == 1 ? "It is: " : "The first: ") + gaps.get(0));
        }
        if (facts.leader() == null && facts.members().isPresent()) {
            warnings.add(
                    "Without a meta leader nobody lists streams of which no survivor has a copy: those that the topology"
                            + " does not declare are not in this plan.");
        }
    }
}
