package io.stretchc.status;

import io.stretchc.topology.ServerName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The meta group, which decides where streams live.
 *
 * @param leader the one server that names itself; followers of nats-server 2.10 to 2.14 name a dead one for 20 s and more,
 *     and are not believed
 * @param size members as the group counts them; 0 for a server outside any cluster, which has no such group
 * @param needed members that a decision takes now; fewer than the majority while a rescue is active
 * @param natural the majority
 * @param live members that answer; one that did not answer the census is not alive, whatever the leader says of it
 * @param rescue whether a lowered quorum is active
 * @param isolated whether the server that names itself leader reaches too few members to decide
 * @param unknown members that the topology does not have, by name or peer id
 * @param left servers of the topology that answer and that the group does not count
 * @param behind members that answer, and that the leader does not call current
 */
public record MetaStatus(
        @Nullable ServerName leader,
        int size,
        int needed,
        int natural,
        int live,
        boolean rescue,
        boolean isolated,
        List<String> unknown,
        List<ServerName> left,
        List<ServerName> behind) {
    public MetaStatus {
        unknown = List.copyOf(unknown);
        left = List.copyOf(left);
        behind = List.copyOf(behind);
    }

    /** How many more members may fail; 0 as well when there are too few already. */
    public int margin() {
        return Math.max(0, live - needed);
    }

    /** Whether enough members answer to decide. */
    public boolean quorate() {
        return live >= needed && !isolated;
    }
}
