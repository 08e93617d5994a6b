package io.stretchc.snapshot;

import io.stretchc.topology.ServerName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A live cluster as its own servers describe it. Facts that stay as they are while nobody changes the cluster (names,
 * peer ids, versions, tags, memberships, configurations) stand in the records themselves, what moves by itself in their
 * {@code now} parts; a fingerprint covers the former only.
 *
 * <p>Entries are sorted, servers by name, streams by account and name, so that the same cluster gives the same snapshot.
 *
 * @param cluster name on the wire, as the server answers that was asked
 * @param servers those that answered; a server that did not is known by its peer id in {@link MetaGroup} at most
 * @param streams of all accounts that could be seen
 * @param gaps what could not be seen, and why: a snapshot with gaps proves less
 */
public record ClusterSnapshot(
        String cluster,
        @Nullable String domain,
        List<ServerState> servers,
        MetaGroup meta,
        List<StreamState> streams,
        List<Gap> gaps) {
    public ClusterSnapshot {
        servers = servers.stream()
                .sorted(Comparator.comparing((ServerState s) -> s.name().text())
                        .thenComparing(s -> s.now().id()))
                .toList();
        streams = streams.stream()
                .sorted(Comparator.comparing(StreamState::account).thenComparing(StreamState::name))
                .toList();
        gaps = gaps.stream().sorted().distinct().toList();
    }

    /** The server of this name, if it answered. */
    public Optional<ServerState> server(ServerName name) {
        return servers.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /** The servers of this cluster; with gateways or leaf nodes, those of others answer as well. */
    public List<ServerState> members() {
        return servers.stream().filter(s -> s.cluster().equals(cluster)).toList();
    }
}
