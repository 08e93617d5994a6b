package io.stretchc.files;

/**
 * A difference between the output directory and what belongs there.
 *
 * @param path below the cluster's directory
 * @param before what is there, empty if nothing
 * @param after what belongs there, empty if nothing
 */
public record Change(String path, Kind kind, String before, String after) {
    /** Whether new content takes the file's place. */
    boolean writes() {
        return kind == Kind.ADD || kind == Kind.CHANGE;
    }

    /** What happens to the file. */
    public enum Kind {
        ADD,
        CHANGE,
        REMOVE,
        /** No longer belongs, but was changed by hand since it was written: it stays. */
        KEEP
    }
}
