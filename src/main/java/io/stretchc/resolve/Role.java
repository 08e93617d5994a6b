package io.stretchc.resolve;

/** What a server is for, and so in which directory its configuration stands. */
public enum Role {
    SERVER("servers"),
    ARBITER("arbiters"),
    STAND_IN("stand-ins"),
    REPLACEMENT("replacements");

    private final String directory;

    Role(String directory) {
        this.directory = directory;
    }

    /** Directory below that of the cluster. */
    public String directory() {
        return directory;
    }
}
