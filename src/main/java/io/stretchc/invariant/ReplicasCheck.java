package io.stretchc.invariant;

import io.stretchc.snapshot.StreamState;

/** More members than replicas: a move is under way, or stuck. Fewer: no server was found for the rest. */
final class ReplicasCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        for (StreamState stream : evidence.now().streams()) {
            int has = stream.members().size();
            if (has > 0 && has != stream.config().replicas()) {
                findings.broken(
                        Evidence.subject(stream),
                        "It has " + Evidence.count(has, "member") + " for "
                                + Evidence.count(stream.config().replicas(), "replica") + ": "
                                + Evidence.labels(stream.members()) + ".");
            }
        }
        findings.ground(Evidence.count(evidence.now().streams().size(), "stream") + " looked at.");
    }
}
