package io.stretchc.topology;

/**
 * Name of a server. The peer id of its meta group and stream groups is a hash of it, see {@link #peerId}, so a name is
 * an identity for ever.
 */
public record ServerName(String text) implements Comparable<ServerName> {
    @Override
    public int compareTo(ServerName other) {
        return text.compareTo(other.text);
    }

    /** The 8-character raft peer id that nats-server derives from the name (every version from 2.9 to 2.15). */
    public String peerId() {
        return PeerId.of(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
