package io.stretchc.ledger;

/** A ledger that cannot be audited: its lines are none of a ledger, or contradict one another. The message is a sentence. */
public final class LedgerFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** A fault. */
    public LedgerFault(String message) {
        super(message);
    }
}
