package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ConsumerState;
import io.stretchc.snapshot.StreamState;

/** Durable consumers; others come and go with their clients. */
final class ConsumersCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        int judged = 0;
        for (StreamState stream : evidence.now().streams()) {
            for (ConsumerState consumer : stream.consumers()) {
                if (consumer.durable()) {
                    judged++;
                    judge(evidence, stream, consumer, findings);
                }
            }
        }
        findings.ground(Evidence.count(judged, "durable consumer") + " looked at: leader, replicas, ack floor.");
    }

    private static void judge(Evidence evidence, StreamState stream, ConsumerState consumer, Findings findings) {
        String subject = subject(stream, consumer);
        int wanted = consumer.replicas() == 0 ? stream.config().replicas() : consumer.replicas();
        ConsumerState.Now now = consumer.now();
        if (now == null) {
            findings.broken(subject, "No server names itself its leader.");
            return;
        }
        if (consumer.members().size() != wanted) {
            findings.broken(
                    subject,
                    "It has " + Evidence.count(consumer.members().size(), "member") + " for "
                            + Evidence.count(wanted, "replica") + ": " + Evidence.labels(consumer.members()) + ".");
        }
        long last = stream.now().copies().stream()
                .mapToLong(StreamState.Copy::lastSequence)
                .max()
                .orElse(0);
        if (now.ackFloor() > now.delivered()) {
            findings.broken(
                    subject,
                    "All up to " + now.ackFloor() + " is acknowledged, and only up to " + now.delivered()
                            + " was handed out.");
        } else if (now.ackFloor() > last) {
            String what = "All up to " + now.ackFloor() + " is acknowledged, and the stream ends at " + last;
            if (evidence.quiet(stream)) {
                findings.broken(subject, what + ".");
            } else {
                findings.unknown(subject, what + ", as it may look while messages arrive.");
            }
        }
    }

    static String subject(StreamState stream, ConsumerState consumer) {
        return "consumer " + Quote.plain(stream.account()) + "/" + Quote.plain(stream.name()) + "/"
                + Quote.plain(consumer.name());
    }
}
