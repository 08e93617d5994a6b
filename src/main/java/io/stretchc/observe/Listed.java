package io.stretchc.observe;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which streams the meta leader lists, by account; only accounts that could be asked are in it. */
record Listed(SortedMap<String, SortedSet<String>> all) {
    static final Listed NOTHING = new Listed(new TreeMap<>());

    /** Whether it lists a stream; null when its account could not be asked. */
    @Nullable
    Boolean lists(String account, String stream) {
        SortedSet<String> names = all.get(account);
        return names == null ? null : names.contains(stream);
    }
}
