package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.MetaGroup;
import io.stretchc.topology.ServerName;
import java.util.List;

/** The leader's list is the only truth about members, and there is none without a leader. */
final class MetaMembersCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        MetaGroup meta = evidence.now().meta();
        List<ServerName> voters =
                evidence.cluster().voters().stream().map(ServerModel::name).toList();
        if (evidence.cluster().lone()) {
            findings.ground("A server outside any cluster has no meta group.");
            return;
        }
        if (meta.now().leader() == null) {
            findings.unknown("meta group", "Without a leader nobody tells its members.");
            return;
        }
        List<ServerName> absent = voters.stream()
                .filter(n -> meta.members().stream().noneMatch(m -> m.peer().equals(n.peerId())))
                .sorted()
                .toList();
        List<Member> beyond = meta.members().stream()
                .filter(m -> voters.stream().noneMatch(n -> n.peerId().equals(m.peer())))
                .toList();
        if (!absent.isEmpty()) {
            findings.broken("meta group", "The leader does not count " + Quote.all(absent) + ".");
        }
        if (!beyond.isEmpty() && evidence.cluster().gateway() == null) {
            findings.broken("meta group", "The leader counts " + Evidence.labels(beyond) + " as well.");
        }
        if (absent.isEmpty() && beyond.isEmpty() && meta.size() != voters.size()) {
            findings.broken("meta group", "It counts " + meta.size() + " members, the topology " + voters.size() + ".");
        }
        findings.ground("Its " + meta.size() + " members are the topology's.");
    }
}
