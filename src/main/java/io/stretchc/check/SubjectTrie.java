package io.stretchc.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Subjects by token, to find one that overlaps with another without comparing all pairs. */
final class SubjectTrie<T> {
    private final Map<String, SubjectTrie<T>> next = new LinkedHashMap<>();
    private @Nullable T here;

    void add(String subject, T value) {
        SubjectTrie<T> node = this;
        for (String token : subject.split("\\.", -1)) {
            node = node.next.computeIfAbsent(token, t -> new SubjectTrie<>());
        }
        node.here = value;
    }

    /** The value of a subject that some message could match together with the given one. */
    @Nullable
    T overlapping(String subject) {
        return find(subject.split("\\.", -1), 0);
    }

    private @Nullable T find(String[] tokens, int i) {
        if (i == tokens.length) {
            return here;
        }
        SubjectTrie<T> rest = next.get(">");
        if (rest != null) {
            return rest.here;
        }
        if (tokens[i].equals(">")) {
            return any();
        }
        if (!tokens[i].equals("*")) {
            T exact = in(next.get(tokens[i]), tokens, i);
            return exact != null ? exact : in(next.get("*"), tokens, i);
        }
        for (SubjectTrie<T> child : next.values()) {
            T found = child.find(tokens, i + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable T in(@Nullable SubjectTrie<T> child, String[] tokens, int i) {
        return child == null ? null : child.find(tokens, i + 1);
    }

    private @Nullable T any() {
        for (SubjectTrie<T> child : next.values()) {
            T found = child.here != null ? child.here : child.any();
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
