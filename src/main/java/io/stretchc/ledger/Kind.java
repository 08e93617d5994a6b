package io.stretchc.ledger;

/** What a stream keeps, and so what may be missing from it without being lost. */
public enum Kind {
    /** Every message; whatever was acknowledged must be there. */
    LOG,
    /** The last message of each subject, as a key-value bucket does: what a later one replaced is not lost. */
    LATEST,
    /** Messages until a consumer has acknowledged them: what was delivered is not lost. */
    QUEUE
}
