package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.ServerState.JetStream;
import io.stretchc.status.Attendance;
import java.util.List;

/** Who answers, held against who should. */
final class ServersCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        Attendance who = evidence.who();
        Census census = evidence.census();
        tell(findings, who.silent(), "These do not answer: ");
        tell(findings, census.strangers(), "These answer, and the topology does not have them: ");
        tell(findings, census.doubles(), "More than one process answers to the name of: ");
        tell(findings, census.cutOff(), "These take connections, but are not reached through the cluster: ");
        tell(
                findings,
                who.guests().stream().map(ServerState::name).toList(),
                "Reserves that are up, an arbiter, a stand-in or a replacement: ");
        for (ServerModel voter : evidence.cluster().voters()) {
            JetStream state =
                    who.server(voter.name()).map(ServerState::jetstream).orElse(JetStream.ENABLED);
            String subject = "server " + Quote.plain(voter.name().text());
            if (state == JetStream.DISABLED) {
                findings.broken(subject, "Its JetStream is switched off, as after its removal from the meta group.");
            } else if (state == JetStream.UNKNOWN) {
                findings.unknown(subject, "It does not tell of its JetStream.");
            }
        }
        findings.ground("All " + evidence.cluster().servers().size() + " servers answer, and nobody else does.");
    }

    private static void tell(Findings findings, List<?> names, String text) {
        if (!names.isEmpty()) {
            findings.broken("servers", text + Quote.all(names) + ".");
        }
    }
}
