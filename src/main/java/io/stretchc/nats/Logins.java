package io.stretchc.nats;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How to get into a cluster.
 *
 * @param system into its system account
 * @param accounts into other accounts, by name
 * @param origin where they come from, in a few words
 */
public record Logins(Login system, SortedMap<String, Login> accounts, String origin) {
    public Logins {
        accounts = Collections.unmodifiableSortedMap(new TreeMap<>(accounts));
    }
}
