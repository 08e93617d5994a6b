package io.stretchc.cli;

/** A snapshot file that cannot be used. The message is a sentence that says what to do. */
final class SnapshotFault extends Exception {
    private static final long serialVersionUID = 1L;

    SnapshotFault(String message) {
        super(message);
    }
}
