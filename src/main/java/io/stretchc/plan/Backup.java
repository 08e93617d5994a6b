package io.stretchc.plan;

/**
 * A backup of a stream that was found whole, as far as a plan says of it.
 *
 * @param path of its directory, below the one that was named with {@code --backups}, with slashes
 * @param sha256 of its archive, hexadecimal digits: what is restored is what was read when the plan was made
 * @param taken when, as its manifest says; empty where nothing says so
 * @param bytes of its archive
 * @param replicas that the stream had
 * @param messages in it when it was begun
 * @param lastSequence then; what was acknowledged after it is not in it
 */
public record Backup(
        String path, String sha256, String taken, long bytes, int replicas, long messages, long lastSequence) {
    /** A stream of which there is a backup, the newest one that can be used. */
    public record Kept(String account, String stream, Backup backup) {}

    /** It in a sentence. */
    String sentence() {
        return "the backup " + (taken.isEmpty() ? "" : "of " + taken + " ") + "in " + io.stretchc.diag.Quote.of(path)
                + ": " + messages + (messages == 1 ? " message" : " messages") + " up to sequence " + lastSequence;
    }
}
