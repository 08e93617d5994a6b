package io.stretchc.plan;

import io.stretchc.topology.ServerName;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.TreeSet;

/** Over how many sites the replicas of a stream are spread. */
final class Spread {
    private final Facts facts;

    Spread(Facts facts) {
        this.facts = facts;
    }

    int sites(Collection<ServerName> servers) {
        var sites = new TreeSet<String>();
        servers.forEach(s -> sites.add(facts.siteOf(s)));
        return sites.size();
    }

    /** The most that are in one site, and lost with it. */
    int most(Collection<ServerName> servers) {
        var counts = new TreeMap<String, Integer>();
        servers.forEach(s -> counts.merge(facts.siteOf(s), 1, Integer::sum));
        return counts.values().stream().max(Comparator.naturalOrder()).orElse(0);
    }

    /** The fewest sites that it can come to, if any so many of these are added to those that stay: nobody is told which. */
    int fewest(Collection<ServerName> stay, Collection<ServerName> candidates, int added) {
        var sites = new TreeSet<String>();
        stay.forEach(s -> sites.add(facts.siteOf(s)));
        var counts = new TreeMap<String, Integer>();
        candidates.forEach(s -> counts.merge(facts.siteOf(s), 1, Integer::sum));
        int left = added;
        for (String site : sites) {
            left -= counts.getOrDefault(site, 0);
        }
        var others = counts.entrySet().stream()
                .filter(e -> !sites.contains(e.getKey()))
                .map(e -> e.getValue())
                .sorted(Comparator.reverseOrder())
                .toList();
        int found = sites.size();
        for (int i = 0; i < others.size() && left > 0; i++) {
            left -= others.get(i);
            found++;
        }
        return found;
    }
}
