package io.stretchc.cli;

import io.stretchc.ledger.StreamCopies;
import io.stretchc.observe.QueryFault;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.StreamState;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** For copies that could not be read: what their servers say that they hold, which the system account is told. */
final class CopyCounts {
    private CopyCounts() {}

    /** Adds it to the reasons why copies were not read; a cluster that cannot be looked at adds nothing. */
    static List<StreamCopies> added(
            List<StreamCopies> copies, LabTarget.Account account, @Nullable ResolvedTopology topology) {
        if (account.name().isEmpty() || copies.stream().allMatch(c -> c.unread().isEmpty())) {
            return copies;
        }
        try (var live = LiveCluster.connect(account.logins())) {
            ClusterSnapshot seen = live.observe(LiveCluster.expected(topology == null ? null : topology.backbone()));
            return copies.stream().map(c -> added(c, account.name(), seen)).toList();
        } catch (QueryFault e) {
            return copies;
        }
    }

    private static StreamCopies added(StreamCopies copies, String account, ClusterSnapshot seen) {
        Optional<StreamState> stream = seen.streams().stream()
                .filter(s -> s.name().equals(copies.stream()) && s.account().equals(account))
                .findFirst();
        if (stream.isEmpty()) {
            return copies;
        }
        var unread = new TreeMap<>(copies.unread());
        for (StreamState.Copy copy : stream.get().now().copies()) {
            unread.computeIfPresent(
                    copy.server().text(),
                    (server, why) -> why + "; it says that it holds "
                            + (copy.messages() == 0
                                    ? "no messages"
                                    : copy.messages() + " messages, sequences " + copy.firstSequence() + " to "
                                            + copy.lastSequence()));
        }
        return new StreamCopies(copies.stream(), copies.leader(), copies.others(), unread, copies.floors());
    }
}
