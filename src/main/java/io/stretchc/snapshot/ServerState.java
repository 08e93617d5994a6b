package io.stretchc.snapshot;

import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that answered over the system account.
 *
 * @param peer its id in raft groups, made from its name
 * @param cluster name of its cluster; empty for a server outside any
 * @param site where the topology puts it; none without a topology, or for a server that it does not have
 * @param tags as nats-server has them, in lower case
 */
public record ServerState(
        ServerName name,
        String peer,
        ServerVersion version,
        String cluster,
        @Nullable String domain,
        @Nullable SiteName site,
        List<String> tags,
        JetStream jetstream,
        Now now) {
    public ServerState {
        tags = List.copyOf(tags);
    }

    /** Whether it takes part in JetStream. */
    public enum JetStream {
        ENABLED,
        /** It was configured without JetStream, or shut it down, as after its removal from the meta group. */
        DISABLED,
        /** It answered a ping but not what was asked of its JetStream. */
        UNKNOWN
    }

    /**
     * What moves by itself.
     *
     * @param id of this run of the process, new at each start
     * @param started when the process started, as RFC 3339, if it said so
     * @param configDigest of the configuration that it runs, {@code sha256:...}; from nats-server 2.11 on
     * @param meta the meta group as this server sees it; only a server that names itself is to be believed about it
     * @param storage bytes of JetStream file storage in use
     * @param memory bytes of JetStream memory storage in use
     */
    public record Now(
            String id,
            @Nullable String started,
            @Nullable String configDigest,
            @Nullable MetaView meta,
            long storage,
            long memory) {}

    /**
     * The meta group as one server sees it. Followers of 2.10 to 2.14 name a dead leader for more than 20 s.
     *
     * @param leader whom it takes for the leader; none when it knows of none
     * @param clusterSize how many members it counts; 0 if it does not say
     * @param quorumNeeded how many of them a decision needs; 0 where the version does not say, up to 2.14
     * @param rescue whether a lowered quorum is active, from 2.15 on
     */
    public record MetaView(@Nullable ServerName leader, int clusterSize, int quorumNeeded, boolean rescue) {}

    /** Whether it greets who connects and was not reached through the cluster: only the answer to a ping tells its start. */
    public boolean greetedOnly() {
        return now.started() == null && jetstream == JetStream.UNKNOWN;
    }

    /** Whether it takes itself for the leader of the meta group. */
    public boolean namesItselfLeader() {
        return now.meta() != null && name.equals(now.meta().leader());
    }
}
