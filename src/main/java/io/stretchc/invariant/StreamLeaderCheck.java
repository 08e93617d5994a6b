package io.stretchc.invariant;

import io.stretchc.quorum.Quorum;
import io.stretchc.snapshot.StreamState;
import io.stretchc.status.Attendance;

/** Without a leader a stream takes no message and gives none. */
final class StreamLeaderCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        Attendance who = evidence.who();
        for (StreamState stream : evidence.now().streams()) {
            int members = stream.members().size();
            if (stream.now().leader() == null && members > 0) {
                long alive = stream.members().stream().filter(who::alive).count();
                findings.broken(
                        Evidence.subject(stream),
                        "Nobody, or more than one, names itself leader; " + alive + " of "
                                + Evidence.count(members, "replica") + (alive == 1 ? " answers, " : " answer, ")
                                + Quorum.of(members)
                                + " are needed.");
            }
        }
        findings.ground(Evidence.count(evidence.now().streams().size(), "stream") + " looked at.");
    }
}
