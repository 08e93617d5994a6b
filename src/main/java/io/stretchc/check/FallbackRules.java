package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.Placement;
import io.stretchc.topology.PlacementName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fallbacks of placements must come to an end. A circle is reported once, however many placements it has. */
final class FallbackRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        List<Placement> placements = topology.source().placements();
        Map<PlacementName, Integer> index = new HashMap<>();
        for (int i = 0; i < placements.size(); i++) {
            index.putIfAbsent(placements.get(i).name(), i);
        }
        Set<PlacementName> done = new HashSet<>();
        for (Placement p : placements) {
            follow(p, placements, index, done, found);
        }
    }

    /** Goes down all ways from a placement; {@code way} is the one that is being gone. */
    private static void follow(
            Placement start,
            List<Placement> placements,
            Map<PlacementName, Integer> index,
            Set<PlacementName> done,
            Diagnostics found) {
        if (!done.add(start.name())) {
            return;
        }
        var way = new ArrayList<PlacementName>(List.of(start.name()));
        var open =
                new ArrayList<Iterator<PlacementName>>(List.of(start.fallbacks().iterator()));
        while (!open.isEmpty()) {
            Iterator<PlacementName> fallbacks = open.get(open.size() - 1);
            if (!fallbacks.hasNext()) {
                open.remove(open.size() - 1);
                way.remove(way.size() - 1);
                continue;
            }
            PlacementName next = fallbacks.next();
            Integer known = index.get(next);
            if (known != null && done.add(next)) {
                way.add(next);
                open.add(placements.get(known).fallbacks().iterator());
            } else if (known != null && way.contains(next)) {
                circle(way.subList(way.indexOf(next), way.size()), known, found);
            }
        }
    }

    private static void circle(List<PlacementName> members, int first, Diagnostics found) {
        var names = new ArrayList<>(members);
        names.add(members.get(0));
        found.add(
                Code.PL109,
                Path.ROOT.child("placements").at(first).child("fallbacks"),
                "The fallbacks of " + Quote.of(members.get(0)) + " lead back to it: " + Quote.all(names) + ".",
                "Remove one of these fallbacks.");
    }
}
