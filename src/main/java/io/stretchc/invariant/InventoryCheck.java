package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.ConsumerState;
import io.stretchc.snapshot.StreamState;
import java.util.List;
import java.util.Optional;

/** Streams and durable consumers of an earlier snapshot that are not there any more. */
final class InventoryCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        ClusterSnapshot since = evidence.since();
        if (since == null) {
            return;
        }
        for (StreamState before : since.streams()) {
            Optional<StreamState> now = evidence.now(before);
            if (now.isEmpty()) {
                findings.broken(Evidence.subject(before), "It was there, and is not.");
                continue;
            }
            List<String> gone = before.consumers().stream()
                    .filter(ConsumerState::durable)
                    .map(ConsumerState::name)
                    .filter(n -> now.get().consumers().stream()
                            .noneMatch(c -> c.name().equals(n)))
                    .toList();
            if (!gone.isEmpty()) {
                findings.broken(
                        Evidence.subject(before), "Durable consumers that were there: " + Quote.all(gone) + ".");
            }
        }
        findings.ground("All " + since.streams().size()
                + " streams of the earlier snapshot are there, with their durable" + " consumers.");
    }
}
