package io.stretchc.load;

/** A load cannot go on, or cannot begin. The message is a sentence for the operator, without secrets. */
public final class WireFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** A fault with what to do about it in its message. */
    public WireFault(String message) {
        super(message);
    }
}
