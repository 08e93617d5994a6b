package io.stretchc.files;

/** The output directory cannot be used; the message says why, the fix what to do. */
public final class OutputFault extends Exception {
    private static final long serialVersionUID = 1L;
    private final String fix;
    private final boolean foreign;

    OutputFault(String message, String fix, boolean foreign) {
        super(message);
        this.fix = fix;
        this.foreign = foreign;
    }

    /** The way out. */
    public String fix() {
        return fix;
    }

    /** Whether the directory belongs to another topology, rather than being out of reach. */
    public boolean foreign() {
        return foreign;
    }
}
