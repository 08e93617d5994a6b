package io.stretchc.vault;

/** A backup cannot be made or used. The message is one or more sentences for the operator. */
public final class BackupFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** A fault with what to do about it in its message. */
    public BackupFault(String message) {
        super(message);
    }
}
