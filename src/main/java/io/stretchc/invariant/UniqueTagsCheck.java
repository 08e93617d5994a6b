package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamState;
import io.stretchc.status.Attendance;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A placement that names a tag with the unique prefix switches the rule off for its streams (nats-server 2.9 to 2.15). */
final class UniqueTagsCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        Attendance who = evidence.who();
        String prefix = Tag.fold(evidence.cluster().uniqueTag().prefix());
        int judged = 0;
        for (StreamState stream : evidence.now().streams()) {
            boolean off = stream.config().placementTags().stream()
                    .anyMatch(t -> Tag.fold(t).startsWith(prefix));
            if (off || prefix.isEmpty() || stream.members().size() < 2) {
                continue;
            }
            judged++;
            var byTag = new TreeMap<String, List<ServerName>>();
            for (Member member : stream.members()) {
                ServerState server = who.server(member).orElse(null);
                if (server != null) {
                    server.tags().stream()
                            .map(Tag::fold)
                            .filter(t -> t.startsWith(prefix))
                            .forEach(t -> byTag.computeIfAbsent(t, k -> new ArrayList<>())
                                    .add(server.name()));
                }
            }
            byTag.forEach((tag, servers) -> {
                if (servers.size() > 1) {
                    findings.broken(
                            Evidence.subject(stream),
                            "The tag " + Quote.of(tag) + " is shared by "
                                    + Quote.all(servers.stream().sorted().toList()) + ".");
                }
            });
        }
        findings.ground(Evidence.count(judged, "stream") + " with more than one replica looked at.");
    }
}
