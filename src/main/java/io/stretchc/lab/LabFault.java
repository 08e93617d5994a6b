package io.stretchc.lab;

/** A lab cannot do what was asked of it. The message is a sentence for the operator, with a way out. */
public final class LabFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** A fault with what to do about it in its message. */
    public LabFault(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Kinds of faults. */
    public enum Reason {
        /** What was named does not exist, or is not clear. */
        INVALID,
        /** It would do harm, or the state of the lab forbids it. */
        REFUSED,
        /** The machine does not let it, or a server did not do as it should. */
        UNREACHABLE
    }

    /** Its kind. */
    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
