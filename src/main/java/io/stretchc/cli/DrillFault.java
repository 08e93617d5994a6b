package io.stretchc.cli;

/** A drill cannot go on; the message says why, as a sentence. */
final class DrillFault extends Exception {
    private final boolean broken;

    DrillFault(String message) {
        this(message, false);
    }

    /**
     * A fault.
     *
     * @param broken whether an invariant or a promise is broken, rather than something out of order
     */
    DrillFault(String message, boolean broken) {
        super(message);
        this.broken = broken;
    }

    boolean broken() {
        return broken;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
