package io.stretchc.vault;

/** An archive did not come, or did not arrive. The message is half a sentence, as a server puts it. */
public final class TransferFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /**
     * A fault.
     *
     * @param passing whether another try may go better
     */
    public TransferFault(boolean passing, String message) {
        super(message);
        this.passing = passing;
    }

    /** Whether another try may go better. */
    public boolean passing() {
        return passing;
    }
}
