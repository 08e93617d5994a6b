package io.stretchc.plan;

import io.stretchc.topology.Tag;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tags as a server compares them: folded, in no order. */
final class Tags {
    private Tags() {}

    static boolean same(List<String> one, List<String> other) {
        return one.equals(other) || set(one).equals(set(other));
    }

    private static java.util.SortedSet<String> set(List<String> tags) {
        return tags.stream().map(Tag::fold).collect(Collectors.toCollection(TreeSet::new));
    }
}
