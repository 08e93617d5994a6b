package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ConsumerState;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.MetaGroup;
import io.stretchc.snapshot.StreamState;
import io.stretchc.status.Attendance;
import java.util.ArrayList;
import java.util.List;

/**
 * Up to 2.11 a stream keeps a removed server as a peer where there is no replacement, and after a later restart shows it
 * as {@code Server name unknown at this time}.
 */
final class FormerMembersCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        MetaGroup meta = evidence.now().meta();
        Attendance who = evidence.who();
        boolean gateway = evidence.cluster().gateway() != null;
        List<Member> unknown = meta.members().stream()
                .filter(m -> !gateway && !who.known(m.peer()))
                .toList();
        if (!unknown.isEmpty()) {
            findings.broken(
                    "meta group", "It counts on what the topology does not have: " + Evidence.labels(unknown) + ".");
        }
        for (StreamState stream : evidence.now().streams()) {
            List<Member> former = former(stream.members(), meta, who);
            if (!former.isEmpty()) {
                findings.broken(
                        Evidence.subject(stream), "It counts on former members: " + Evidence.labels(former) + ".");
            }
            var consumers = new ArrayList<String>();
            for (ConsumerState consumer : stream.consumers()) {
                if (!former(consumer.members(), meta, who).isEmpty()) {
                    consumers.add(consumer.name());
                }
            }
            if (!consumers.isEmpty()) {
                findings.broken(
                        Evidence.subject(stream),
                        "Consumers that count on former members: " + Quote.all(consumers) + ".");
            }
        }
        findings.ground("Neither the meta group nor a stream or consumer counts on a former member.");
    }

    /** Not of the topology, or of the topology and no member of the meta group any more. */
    private static List<Member> former(List<Member> members, MetaGroup meta, Attendance who) {
        boolean told = meta.now().leader() != null;
        return members.stream()
                .filter(m -> !who.known(m.peer())
                        || (told
                                && meta.members().stream()
                                        .noneMatch(x -> x.peer().equals(m.peer()))))
                .toList();
    }
}
