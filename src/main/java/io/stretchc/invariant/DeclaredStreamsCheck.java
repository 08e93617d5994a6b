package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ServerState.JetStream;
import io.stretchc.snapshot.StreamState;
import io.stretchc.status.Attendance;
import io.stretchc.topology.StreamSpec;

/** A stream without a living copy is still listed by the meta leader; STREAM.INFO then gets no answer at all. */
final class DeclaredStreamsCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        Attendance who = evidence.who();
        boolean allTold = who.answering().stream().noneMatch(s -> s.jetstream() == JetStream.UNKNOWN);
        for (StreamSpec spec : evidence.declared().all()) {
            boolean seen =
                    evidence.now(spec.account().text(), spec.name().text()).isPresent();
            if (!seen) {
                String subject = "stream " + Quote.plain(spec.account().text()) + "/"
                        + Quote.plain(spec.name().text());
                if (allTold) {
                    findings.broken(subject, "It is declared, and no server that answers has a copy.");
                } else {
                    findings.unknown(subject, "It was not seen, and not every server tells of its streams.");
                }
            }
        }
        for (StreamState stream : evidence.now().streams()) {
            if (stream.now().copies().isEmpty() && Boolean.TRUE.equals(stream.listed())) {
                if (allTold) {
                    findings.broken(
                            Evidence.subject(stream),
                            "The meta leader lists it, and no server that answers has a copy.");
                } else {
                    findings.unknown(
                            Evidence.subject(stream), "No copy was seen, and not every server tells of its streams.");
                }
            } else if (Boolean.FALSE.equals(stream.listed())) {
                findings.broken(
                        Evidence.subject(stream),
                        "The meta leader does not list it, and there are copies on "
                                + Quote.all(stream.now().copies().stream()
                                        .map(StreamState.Copy::server)
                                        .toList())
                                + ".");
            }
        }
        findings.ground("Streams that are declared and there: "
                + evidence.declared().all().size() + ", of "
                + evidence.now().streams().size() + " in all.");
    }
}
