package io.stretchc.archive;

/** An archive is not what a nats-server wrote: cut off, changed, or something else. The message is half a sentence. */
public final class DamagedArchive extends Exception {
    private static final long serialVersionUID = 1L;

    /** A fault; the message goes on after "the archive". */
    public DamagedArchive(String message) {
        super(message);
    }
}
