package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Servers tell a digest of the configuration that they run from nats-server 2.11 on. */
final class ConfigurationCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        var unknown = new TreeMap<String, List<ServerName>>();
        for (ServerState server : evidence.who().answering()) {
            ServerModel model = evidence.who().model(server).orElse(null);
            if (model == null) {
                continue;
            }
            String runs = server.now().configDigest();
            String compiled = evidence.digest(model);
            if (runs == null) {
                String why = server.version().atLeast(2, 11, 0)
                        ? "tells no digest of its configuration"
                        : "runs nats-server " + server.version()
                                + ", which tells no digest of its configuration (2.11 and later do)";
                unknown.computeIfAbsent(why, w -> new ArrayList<>()).add(server.name());
            } else if (compiled == null) {
                String why = "is configured with what only the server sees: variables, or included files";
                unknown.computeIfAbsent(why, w -> new ArrayList<>()).add(server.name());
            } else if (!compiled.equals(runs)) {
                findings.broken(
                        "server " + Quote.plain(server.name().text()),
                        "It runs the configuration " + Quote.plain(shortened(runs)) + ", compiled is "
                                + shortened(compiled) + " (" + Quote.of(model.file()) + ").");
            }
        }
        unknown.forEach((why, names) -> findings.unknown("servers", Quote.all(names) + ": each " + why + "."));
        findings.ground("All servers run what the topology compiles to.");
    }

    private static String shortened(String digest) {
        return digest.length() > 19 ? digest.substring(0, 19) : digest;
    }
}
