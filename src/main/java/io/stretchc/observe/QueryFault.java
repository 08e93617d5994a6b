package io.stretchc.observe;

/** The cluster could not be asked. The message is a sentence for the operator, without secrets. */
public final class QueryFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** A fault with what to do about it in its message. */
    public QueryFault(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Kinds of faults. */
    public enum Reason {
        /** No server took the connection. */
        UNREACHABLE,
        /** The credentials were refused, or are missing. */
        LOGIN,
        /** No common ground in TLS: certificate, name, or one side without TLS. */
        TLS,
        /** The connection broke while it was in use. */
        LOST
    }

    /** Its kind. */
    public Reason reason() {
        return reason;
    }
}
