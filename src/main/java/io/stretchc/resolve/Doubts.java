package io.stretchc.resolve;

import io.stretchc.diag.Path;
import java.util.List;
import java.util.TreeSet;

/** Which parts of a topology the schema found fault with. */
final class Doubts {
    private final TreeSet<String> broken = new TreeSet<>();

    Doubts(List<Path> paths) {
        paths.forEach(p -> broken.add(p + "/"));
    }

    /** Whether anything at, below, or in the settings common to this path is broken. */
    boolean about(Path path) {
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

    private boolean anyBelow(String prefix) {
        String next = broken.ceiling(prefix);
        return next != null && next.startsWith(prefix);
    }
}
