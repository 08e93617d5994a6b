package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Site;
import io.stretchc.topology.SiteName;
import java.util.List;
import java.util.Optional;

/** Elections are random: after any, leaders may be anywhere until they are asked to move. */
final class LeadersHomeCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        List<SiteName> preferred = evidence.topology().source().sites().stream()
                .filter(Site::preferredLeader)
                .map(Site::name)
                .toList();
        ServerName meta = evidence.now().meta().now().leader();
        if (meta == null && !preferred.isEmpty()) {
            findings.unknown("meta group", "It has no leader.");
        }
        if (meta != null
                && !preferred.isEmpty()
                && !preferred.contains(site(evidence, meta).orElse(null))) {
            findings.broken(
                    "meta group",
                    Quote.of(meta) + " leads it, and its leader belongs in " + Quote.all(preferred) + ".");
        }
        for (StreamState stream : evidence.now().streams()) {
            ServerName leader = stream.now().leader();
            Optional<SiteName> home = evidence.declared().of(stream).flatMap(evidence.declared()::home);
            if (leader != null && home.isPresent() && !home.equals(site(evidence, leader))) {
                findings.broken(
                        Evidence.subject(stream),
                        Quote.of(leader) + " leads it, and its leader belongs in " + Quote.of(home.get()) + ".");
            }
        }
        findings.ground("Every leader with a preferred site is there.");
    }

    private static Optional<SiteName> site(Evidence evidence, ServerName server) {
        return evidence.who().server(server).flatMap(evidence.who()::model).map(ServerModel::site);
    }
}
