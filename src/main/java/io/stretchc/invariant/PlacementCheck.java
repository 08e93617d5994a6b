package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamState;
import io.stretchc.status.Attendance;
import io.stretchc.topology.StreamSpec;
import io.stretchc.topology.Tag;
import java.util.List;

/** A change of tags moves no stream: it stays until something else moves it (nats-server 2.10 to 2.15). */
final class PlacementCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        Attendance who = evidence.who();
        for (StreamState stream : evidence.now().streams()) {
            StreamSpec spec = evidence.declared().of(stream).orElse(null);
            List<String> wanted = spec == null
                    ? stream.config().placementTags()
                    : evidence.declared().tags(spec);
            List<Member> wrong = wanted.isEmpty()
                    ? List.of()
                    : stream.members().stream()
                            .filter(m -> who.server(m)
                                    .map(ServerState::tags)
                                    .filter(t -> !Tag.matches(t, wanted))
                                    .isPresent())
                            .toList();
            if (!wrong.isEmpty()) {
                findings.broken(
                        Evidence.subject(stream),
                        "It is " + (spec == null ? "placed" : "declared") + " at " + Quote.all(wanted)
                                + ", and these do not match: " + Evidence.labels(wrong) + ".");
            }
        }
        findings.ground("All servers with a copy have the tags of its placement.");
    }
}
