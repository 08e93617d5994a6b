package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.ServerState.JetStream;
import io.stretchc.topology.ServerName;
import java.util.List;

/** Followers of nats-server 2.10 to 2.14 name a dead leader for more than 20 s: seen by all takes that long to be so. */
final class MetaLeaderCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        List<ServerState> voters = evidence.who().answering().stream()
                .filter(s -> s.jetstream() != JetStream.DISABLED)
                .toList();
        if (evidence.cluster().lone()) {
            findings.ground("A server outside any cluster has no meta group.");
            return;
        }
        List<ServerName> claims = evidence.now().meta().now().claims();
        if (claims.size() != 1) {
            findings.broken(
                    "meta group",
                    claims.isEmpty()
                            ? "No server names itself leader."
                            : "More than one server names itself leader: " + Quote.all(claims) + ".");
            return;
        }
        ServerName leader = claims.get(0);
        for (ServerState server : voters) {
            ServerState.MetaView view = server.now().meta();
            String subject = "server " + Quote.plain(server.name().text());
            if (view == null) {
                findings.unknown(subject, "It does not tell whom it takes for the meta leader.");
            } else if (!leader.equals(view.leader())) {
                String whom = view.leader() == null ? "nobody" : Quote.of(view.leader());
                findings.broken(
                        subject, "It takes " + whom + " for the meta leader, which is " + Quote.of(leader) + ".");
            }
        }
        findings.ground(Quote.of(leader) + " leads the meta group, as all " + voters.size() + " servers say.");
    }
}
