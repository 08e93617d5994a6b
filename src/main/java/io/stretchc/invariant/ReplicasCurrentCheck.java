package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.StreamState;
import io.stretchc.status.Attendance;
import java.util.List;

/** Believes the leader about who is current, and nobody about who does not answer. */
final class ReplicasCurrentCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        Attendance who = evidence.who();
        for (StreamState stream : evidence.now().streams()) {
            List<Member> silent =
                    stream.members().stream().filter(m -> !who.alive(m)).toList();
            if (!silent.isEmpty()) {
                findings.broken(
                        Evidence.subject(stream),
                        silent.size() + " of " + Evidence.count(stream.members().size(), "replica")
                                + (silent.size() == 1 ? " does" : " do") + " not answer: " + Evidence.labels(silent)
                                + ".");
            }
            if (stream.now().leader() == null) {
                continue; // a follower knows nothing of the others
            }
            List<String> behind = stream.members().stream()
                    .filter(who::alive)
                    .filter(m -> !m.healthy() || m.now().lag() > 0)
                    .map(m -> Quote.of(m.label()) + (m.healthy() ? "" : " is not current and") + " has "
                            + m.now().lag() + " pending")
                    .toList();
            if (!behind.isEmpty()) {
                findings.broken(Evidence.subject(stream), String.join(", ", behind) + ".");
            }
        }
        findings.ground(
                "All replicas of " + Evidence.count(evidence.now().streams().size(), "stream") + ".");
    }
}
