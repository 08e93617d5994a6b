package io.stretchc.simulate;

import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server of the model. Its name is its identity in every group: a blank server with the name of a dead one is the same
 * peer to the others, on every version.
 *
 * @param site where it runs; a stand-in runs elsewhere than the server that it stands in for
 * @param tags in lower case
 */
public record Node(
        ServerName name, @Nullable SiteName site, ServerVersion version, List<String> tags, Role role, State state) {
    public Node {
        tags = List.copyOf(tags);
    }

    /** What its process does. */
    public enum State {
        UP,
        DOWN,
        /** It runs, and its JetStream was switched off by its removal from the meta group: it votes in nothing. */
        DISABLED
    }

    Node tagged(List<String> others) {
        return new Node(name, site, version, others, role, state);
    }

    Node in(State other) {
        return new Node(name, site, version, tags, role, other);
    }
}
