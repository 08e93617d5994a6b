package io.stretchc.load;

import io.stretchc.ledger.Kind;
import java.util.List;

/**
 * A stream that a load needs.
 *
 * @param subjects it is made with; not looked at when it is there already
 * @param tags of the servers that it may be placed on; any when empty
 * @param create whether it is made when it is missing, or must be there
 * @param consumer whether a durable consumer takes part
 */
public record StreamSetup(
        String name,
        Kind kind,
        List<String> subjects,
        int replicas,
        List<String> tags,
        boolean create,
        boolean consumer) {
    public StreamSetup {
        subjects = List.copyOf(subjects);
        tags = List.copyOf(tags);
    }
}
