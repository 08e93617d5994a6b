package io.stretchc.invariant;

import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.StreamState;
import io.stretchc.snapshot.StreamState.Copy;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A stream's last sequence never goes back by itself, whatever is deleted or expires. Its number of messages does: limits
 * move the first sequence, and work queues, interest, a limit per subject and message TTLs leave holes, so that the number
 * only counts where none of these can be the cause.
 */
final class NothingLostCheck implements Check {
    private static final Pattern HOLES = Pattern.compile(
            "\"max_msgs_per_subject\":[1-9]|\"allow_msg_ttl\":true|\"subject_delete_marker_ttl\":[1-9]");

    @Override
    public void judge(Evidence evidence, Findings findings) {
        ClusterSnapshot since = evidence.since();
        if (since == null) {
            return;
        }
        for (StreamState before : since.streams()) {
            Optional<Copy> then = fullest(before);
            Optional<StreamState> stream = evidence.now(before);
            if (stream.isEmpty() || then.isEmpty()) {
                continue; // that is another finding, or nothing to compare with
            }
            Optional<Copy> now = fullest(stream.get());
            String subject = Evidence.subject(before);
            if (now.isEmpty()) {
                findings.broken(
                        subject, "It held messages up to " + then.get().lastSequence() + ", and no copy is left.");
            } else if (now.get().lastSequence() < then.get().lastSequence()) {
                findings.broken(
                        subject,
                        "It ends at " + now.get().lastSequence() + ", and ended at "
                                + then.get().lastSequence() + " before.");
            } else if (now.get().messages() < then.get().messages()
                    && now.get().firstSequence() == then.get().firstSequence()
                    && before.config().retention().equals("limits")
                    && !HOLES.matcher(before.config().json()).find()) {
                findings.broken(
                        subject,
                        "It holds " + now.get().messages() + " messages, and held "
                                + then.get().messages() + " before, from the same first sequence on.");
            }
        }
        findings.ground("No stream of the earlier snapshot went back.");
    }

    /** The leader's copy, which decides; without a leader the one that goes furthest. */
    private static Optional<Copy> fullest(StreamState stream) {
        return stream.now().copies().stream()
                .max(Comparator.comparing(
                                (Copy c) -> c.server().equals(stream.now().leader()))
                        .thenComparing(Copy::lastSequence)
                        .thenComparing(Copy::messages)
                        .thenComparing(c -> c.server().text()));
    }
}
