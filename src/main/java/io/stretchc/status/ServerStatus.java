package io.stretchc.status;

import io.stretchc.resolve.Role;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that the topology has, or that answers.
 *
 * @param role what it is there for; none when the topology does not know it
 * @param site where the topology puts it
 * @param version none when it does not answer
 * @param jetstream none when it does not answer
 * @param metaMember whether the meta group counts it; none when no server tells its members
 * @param copies streams that it has a copy of
 * @param leads streams that it leads
 * @param cutOff whether it takes connections and is not reached through the cluster: alive, behind a cut
 * @param tagsLacking tags of the topology that it runs without
 * @param tagsBeyond tags that it runs with, and the topology does not have
 */
public record ServerStatus(
        ServerName name,
        @Nullable Role role,
        @Nullable SiteName site,
        @Nullable ServerVersion version,
        ServerState.@Nullable JetStream jetstream,
        boolean metaLeader,
        @Nullable Boolean metaMember,
        int copies,
        int leads,
        boolean cutOff,
        List<String> tagsLacking,
        List<String> tagsBeyond) {
    public ServerStatus {
        tagsLacking = List.copyOf(tagsLacking);
        tagsBeyond = List.copyOf(tagsBeyond);
    }

    /** Whether it answered the census. */
    public boolean answers() {
        return version != null;
    }

    /** Whether its tags are those of the topology. */
    public boolean tagsDiffer() {
        return !tagsLacking.isEmpty() || !tagsBeyond.isEmpty();
    }
}
