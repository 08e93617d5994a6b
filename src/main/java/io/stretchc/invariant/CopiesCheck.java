package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.StreamState;
import io.stretchc.status.Attendance;
import java.util.List;

/**
 * Servers are asked one after the other, so that copies of a stream that takes messages differ at any time. They are only
 * called different when none of them moved between two looks.
 */
final class CopiesCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        Attendance who = evidence.who();
        for (StreamState stream : evidence.now().streams()) {
            if (stream.now().leader() == null && stream.now().copies().size() > 1) {
                findings.unknown(Evidence.subject(stream), "Without a leader nobody tells which replicas are current.");
                continue;
            }
            List<Member> current = stream.members().stream()
                    .filter(m -> who.alive(m) && m.healthy())
                    .toList();
            List<StreamState.Copy> copies = stream.now().copies().stream()
                    .filter(c -> current.stream().anyMatch(m -> c.server().equals(m.name())))
                    .toList();
            if (copies.stream().map(CopiesCheck::held).distinct().count() < 2) {
                continue;
            }
            String what = String.join(
                    "; ",
                    copies.stream()
                            .map(c -> Quote.of(c.server()) + " has " + held(c))
                            .toList());
            if (evidence.quiet(stream)) {
                findings.broken(
                        Evidence.subject(stream), "Its current replicas differ, and nothing moves: " + what + ".");
            } else {
                findings.unknown(
                        Evidence.subject(stream),
                        "Its replicas differ, which they do while messages arrive; look when it is quiet: " + what
                                + ".");
            }
        }
        findings.ground(Evidence.count(evidence.now().streams().size(), "stream") + " looked at: number of messages,"
                + " first and last sequence.");
    }

    private static String held(StreamState.Copy copy) {
        return Evidence.count((int) Math.min(copy.messages(), Integer.MAX_VALUE), "message") + ", "
                + copy.firstSequence() + " to " + copy.lastSequence();
    }
}
