package io.stretchc.nats;

/** A login that cannot be put together: a context, a key or a variable is missing or odd. The message is a sentence. */
public final class LoginFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** A fault with what to do about it in its message. */
    public LoginFault(String message) {
        super(message);
    }
}
