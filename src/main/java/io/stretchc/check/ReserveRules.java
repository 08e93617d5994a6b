package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Diagnostics.Link;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Placement;
import io.stretchc.topology.Tag;
import java.util.List;

/** Arbiters and stand-ins vote; they must not be given streams. */
final class ReserveRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        for (ServerModel reserve : topology.backbone().reserves()) {
            if (reserve.role() == Role.REPLACEMENT) {
                continue;
            }
            List<Placement> placements = topology.source().placements();
            for (int i = 0; i < placements.size(); i++) {
                if (Tag.matches(reserve.tags(), placements.get(i).tags())) {
                    boolean arbiter = reserve.role() == Role.ARBITER;
                    found.add(
                            Code.PL107,
                            reserve.path().child("tags"),
                            "The " + (arbiter ? "arbiter " : "stand-in for ") + Quote.of(reserve.name())
                                    + " fits placement "
                                    + Quote.of(placements.get(i).name()) + " ("
                                    + Quote.all(placements.get(i).tags()) + "), so streams could be placed on it.",
                            wayOut(placements.get(i).tags()),
                            new Link(Path.ROOT.child("placements").at(i), "the placement"));
                }
            }
            if (!reserve.votes()) {
                found.add(
                        Code.QM106,
                        reserve.path().child("jetstream"),
                        "The " + (reserve.role() == Role.ARBITER ? "arbiter " : "stand-in for ")
                                + Quote.of(reserve.name()) + " has JetStream switched off and so no vote.",
                        "Remove `jetstream: false`.");
            }
        }
    }

    private static String wayOut(List<String> tags) {
        return tags.stream()
                        .filter(t -> t.startsWith("!"))
                        .findFirst()
                        .map(t -> "Give it the tag " + Quote.of(t.substring(1)) + ", which the placement excludes")
                        .orElse("Give it values that no placement asks for, such as `nope`")
                + ", or the tag `!jetstream`, which keeps every stream away.";
    }
}
