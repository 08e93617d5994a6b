package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerVersion;

/** What can be done to a cluster depends on its oldest server, and the topology was checked for one version. */
final class VersionsCheck implements Check {
    private static final ServerVersion UNREADABLE = new ServerVersion(0, 0, 0);

    @Override
    public void judge(Evidence evidence, Findings findings) {
        ServerVersion declared = evidence.cluster().version();
        if (declared == null) {
            findings.unknown("servers", "The topology declares no nats-server version.");
            return;
        }
        for (ServerState server : evidence.who().answering()) {
            String subject = "server " + Quote.plain(server.name().text());
            if (server.version().equals(UNREADABLE)) {
                findings.unknown(subject, "Its version is none of nats-server's.");
            } else if (!server.version().equals(declared)) {
                findings.broken(
                        subject,
                        "It runs nats-server " + server.version() + ", the topology declares " + declared + ".");
            }
        }
        findings.ground("All servers run nats-server " + declared + ".");
    }
}
