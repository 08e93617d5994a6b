package io.stretchc.status;

import io.stretchc.quorum.Quorum;
import io.stretchc.quorum.Technique;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.MetaGroup;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.ServerState.MetaView;
import io.stretchc.topology.ServerName;
import java.util.List;
import java.util.Objects;

/** Counts the meta group. */
final class MetaReading {
    private final ClusterModel cluster;
    private final MetaGroup group;
    private final Attendance who;

    MetaReading(ClusterModel cluster, ClusterSnapshot snapshot, Attendance who) {
        this.cluster = cluster;
        this.group = snapshot.meta();
        this.who = who;
    }

    MetaStatus status() {
        ServerName leader = group.now().leader();
        int natural = group.size() == 0 ? 0 : Quorum.of(group.size());
        boolean rescue = views().stream().anyMatch(MetaView::rescue);
        int needed = rescue ? lowered(natural) : natural;
        int live = group.members().isEmpty()
                ? unlisted()
                : (int) group.members().stream().filter(who::alive).count();
        return new MetaStatus(
                leader,
                group.size(),
                needed,
                natural,
                live,
                rescue,
                leader != null && live >= needed && reached(leader) < needed,
                group.members().stream()
                        .filter(m -> !who.known(m.peer()))
                        .map(Member::label)
                        .toList(),
                leader == null ? List.of() : left(),
                leader == null ? List.of() : behind());
    }

    private List<MetaView> views() {
        return who.answering().stream()
                .map(s -> s.now().meta())
                .filter(Objects::nonNull)
                .toList();
    }

    /** The quorum of a rescue is told per server, from 2.15 on. */
    private int lowered(int natural) {
        return views().stream()
                .filter(v -> v.rescue() && v.quorumNeeded() > 0)
                .mapToInt(MetaView::quorumNeeded)
                .min()
                .orElse(natural);
    }

    /**
     * Without a leader, servers up to 2.14 name no members. Those of the topology are taken for members; new servers vote
     * like others up to 2.11, and count at best all together up to 2.12.13 and 2.14.3.
     */
    private int unlisted() {
        return (int) who.answering().stream()
                .filter(s -> {
                    MetaView view = s.now().meta();
                    return view != null && view.clusterSize() > 0;
                })
                .filter(s -> who.ordinary(s.peer())
                        || Technique.ARBITER.worksOn(s.version())
                        || Technique.NEW_SERVERS.worksOn(s.version()))
                .count();
    }

    /** Members that answer and that the leader does not call offline, itself included. */
    private int reached(ServerName leader) {
        return (int) group.members().stream()
                .filter(m ->
                        leader.equals(m.name()) || (who.alive(m) && !m.now().offline()))
                .count();
    }

    private List<ServerName> left() {
        return cluster.voters().stream()
                .map(ServerModel::name)
                .filter(n -> who.server(n).isPresent())
                .filter(n -> group.members().stream().noneMatch(m -> m.peer().equals(n.peerId())))
                .sorted()
                .toList();
    }

    private List<ServerName> behind() {
        return group.members().stream()
                .filter(m -> !m.healthy())
                .flatMap(m -> who.server(m).map(ServerState::name).stream())
                .sorted()
                .toList();
    }
}
