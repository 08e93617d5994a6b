package io.stretchc.plan;

import io.stretchc.topology.Tag;
import java.util.List;
import java.util.Optional;

/**
 * Which tags can be lent. What says who a server is (the unique tag) or where it is ({@code dc}, {@code region}) cannot: with
 * it a lie would be told to everything that rests on it. Nor can what excludes ({@code !tag}, 2.12).
 */
final class RoleTags {
    private final String unique;

    RoleTags(String uniquePrefix) {
        unique = Tag.fold(uniquePrefix);
    }

    boolean lendable(String tag) {
        return Tag.lendable(tag, unique);
    }

    /** Those of the wanted that a server lacks. */
    List<String> lacking(List<String> has, List<String> wanted) {
        List<String> folded = has.stream().map(Tag::fold).toList();
        return wanted.stream().filter(t -> !folded.contains(Tag.fold(t))).toList();
    }

    /** The value by which a server differs from others. */
    Optional<String> unique(List<String> tags) {
        return tags.stream().map(Tag::fold).filter(t -> t.startsWith(unique)).findFirst();
    }
}
