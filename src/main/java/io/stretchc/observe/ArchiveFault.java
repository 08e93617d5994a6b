package io.stretchc.observe;

/** An archive that cannot be read. The message is a sentence for the operator. */
public final class ArchiveFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** A fault with what to do about it in its message. */
    public ArchiveFault(String message) {
        super(message);
    }
}
