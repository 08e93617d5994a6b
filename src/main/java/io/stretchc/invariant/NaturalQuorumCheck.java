package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.quorum.Quorum;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.ServerState.MetaView;

/** A rescue (nats-server 2.15) is per server and in memory; versions before cannot lower the quorum. */
final class NaturalQuorumCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        for (ServerState server : evidence.who().answering()) {
            MetaView view = server.now().meta();
            if (view == null || view.clusterSize() == 0) {
                continue;
            }
            String subject = "server " + Quote.plain(server.name().text());
            int natural = Quorum.of(view.clusterSize());
            if (view.rescue()) {
                findings.broken(
                        subject,
                        "A rescue is active: " + view.quorumNeeded() + " of " + view.clusterSize()
                                + " members decide, by nature it takes " + natural + ".");
            } else if (view.quorumNeeded() > 0 && view.quorumNeeded() != natural) {
                findings.broken(
                        subject,
                        "It needs " + view.quorumNeeded() + " of " + view.clusterSize() + " members, by nature it is "
                                + natural + ".");
            }
        }
        findings.ground("No rescue is active.");
    }
}
