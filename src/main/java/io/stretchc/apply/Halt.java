package io.stretchc.apply;

/** The plan cannot go on. The message is a sentence or more, and says what to do. */
public final class Halt extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** A reason to stop. */
    public Halt(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** Its kind. */
    public Kind kind() {
        return kind;
    }

    /** Kinds of reasons. */
    public enum Kind {
        /** It must not go on as things are. */
        REFUSED,
        /** It came part of the way, and goes on when it is run again. */
        STOPPED,
        /** The cluster cannot be asked. */
        UNREACHABLE
    }
}
