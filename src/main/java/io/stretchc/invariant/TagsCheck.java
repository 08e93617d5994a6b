package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ServerState;
import io.stretchc.status.Attendance;
import java.util.List;

/** Tags decide where streams may live; a reload changes them at once (nats-server 2.10 to 2.15). */
final class TagsCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        Attendance who = evidence.who();
        for (ServerState server : who.answering()) {
            List<String> lacking = who.lacking(server);
            List<String> beyond = who.beyond(server);
            if (!lacking.isEmpty() || !beyond.isEmpty()) {
                findings.broken(
                        "server " + Quote.plain(server.name().text()),
                        "Tags of the topology that it lacks: " + Quote.all(lacking) + "; that it has beyond: "
                                + Quote.all(beyond) + ".");
            }
        }
        findings.ground("All servers have the tags of the topology.");
    }
}
