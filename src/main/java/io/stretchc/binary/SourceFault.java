package io.stretchc.binary;

/** A source does not have what was asked for; the message is the reason, half a sentence. */
final class SourceFault extends Exception {
    private static final long serialVersionUID = 1L;

    SourceFault(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
