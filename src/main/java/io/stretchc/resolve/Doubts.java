package io.stretchc.resolve;

import io.stretchc.diag.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * Which parts of a topology the schema found fault with. What depends on them is not judged: a slip is reported once,
 * not once more for everything that follows from it.
 */
public final class Doubts {
    private final TreeSet<String> broken = new TreeSet<>();

    Doubts(List<Path> paths) {
        paths.forEach(p -> broken.add(p + "/"));
    }

    /** Whether anything at, below, or in the settings common to this path is broken. */
    public boolean about(Path path) {
        if (broken.isEmpty()) {
            return false;
        }
        if (anyBelow("/defaults/") || anyBelow(path + "/")) {
            return true;
        }
        for (Path p = path.parent(); p != null && p.parent() != null; p = p.parent()) {
            if (anyBelow(p.child("defaults") + "/")) {
                return true;
            }
        }
        return false;
    }

    /** Whether the schema found no fault at all. */
    public boolean none() {
        return broken.isEmpty();
    }

    /** Whether this very value is broken. */
    public boolean exactly(Path path) {
        return !broken.isEmpty() && broken.contains(path + "/");
    }

    /** Whether this value, or anything in it, is broken. */
    public boolean within(Path path) {
        return anyBelow(path + "/");
    }

    /** Whether it is unclear what a list holds: it, an entry as a whole, or a key of an entry is broken. */
    public boolean aboutEntries(Path list) {
        return downTo(2, list);
    }

    /** Whether it is unclear what a mapping holds: it, or the value of one of its keys as a whole, is broken. */
    public boolean aboutKeys(Path mapping) {
        return downTo(1, mapping);
    }

    private boolean downTo(int levels, Path path) {
        String prefix = path + "/";
        int deepest = path.segments().size() + levels;
        return broken.tailSet(prefix).stream()
                .takeWhile(p -> p.startsWith(prefix))
                .anyMatch(p -> p.chars().filter(c -> c == '/').count() - 1 <= deepest);
    }

    private boolean anyBelow(String prefix) {
        String next = broken.ceiling(prefix);
        return next != null && next.startsWith(prefix);
    }
}
