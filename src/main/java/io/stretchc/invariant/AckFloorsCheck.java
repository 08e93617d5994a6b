package io.stretchc.invariant;

import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.ConsumerState;
import io.stretchc.snapshot.StreamState;

/** An ack floor that goes back hands out again what was done. */
final class AckFloorsCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        ClusterSnapshot since = evidence.since();
        if (since == null) {
            return;
        }
        for (StreamState before : since.streams()) {
            for (ConsumerState consumer : before.consumers()) {
                ConsumerState.Now then = consumer.now();
                if (consumer.durable() && then != null) {
                    evidence.now(before).stream()
                            .flatMap(s -> s.consumers().stream())
                            .filter(c -> c.name().equals(consumer.name()))
                            .forEach(c -> judge(ConsumersCheck.subject(before, c), then, c.now(), findings));
                }
            }
        }
        findings.ground("No ack floor of the earlier snapshot went back.");
    }

    private static void judge(
            String subject,
            ConsumerState.Now then,
            ConsumerState.@org.jspecify.annotations.Nullable Now now,
            Findings findings) {
        if (now == null) {
            findings.unknown(subject, "It has no leader to tell its ack floor, which was " + then.ackFloor() + ".");
        } else if (now.ackFloor() < then.ackFloor()) {
            findings.broken(
                    subject, "Its ack floor is " + now.ackFloor() + ", and was " + then.ackFloor() + " before.");
        }
    }
}
