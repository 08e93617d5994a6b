package io.stretchc.files;

/** The output directory cannot be used; the message says why, the fix what to do. */
public final class OutputFault extends Exception {
    private static final long serialVersionUID = 1L;
    private final String fix;
    private final Kind kind;

    OutputFault(String message, String fix, Kind kind) {
        super(message);
        this.fix = fix;
        this.kind = kind;
    }

    /** The way out. */
    public String fix() {
        return fix;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** Kinds of faults. */
    public enum Kind {
        /** It cannot be read or written. */
        UNUSABLE,
        /** It belongs to another topology. */
        FOREIGN,
        /** A file that is not ours stands where one of ours belongs. */
        IN_THE_WAY
    }
}
