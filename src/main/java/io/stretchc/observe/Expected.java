package io.stretchc.observe;

import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a topology says an observation should find.
 *
 * @param cluster its name; none without a topology
 * @param sites where each expected server stands
 */
public record Expected(@Nullable String cluster, SortedMap<ServerName, SiteName> sites) {
    /** Nothing is known beforehand. */
    public static final Expected NOTHING = new Expected(null, Collections.emptySortedMap());

    public Expected {
        sites = Collections.unmodifiableSortedMap(new TreeMap<>(sites));
    }
}
