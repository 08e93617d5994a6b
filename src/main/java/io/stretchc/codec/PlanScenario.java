package io.stretchc.codec;

import io.stretchc.plan.Scenario;
import io.stretchc.topology.AccountName;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.StreamName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scenario in the head of a plan: its kind, then what that kind needs. */
final class PlanScenario {
    private PlanScenario() {}

    static Map<String, Object> tree(Scenario scenario) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", scenario.word());
        if (scenario instanceof Scenario.OfSite ofSite) {
            tree.put("site", ofSite.site().text());
            if (scenario instanceof Scenario.Restore restore && restore.sameNames()) {
                tree.put("same_names", true);
            }
        } else if (scenario instanceof Scenario.Readmit readmit) {
            tree.put("servers", readmit.servers().stream().map(ServerName::text).toList());
            tree.put("keep_stores", readmit.keepStores());
        } else if (scenario instanceof Scenario.Replace replace) {
            tree.put("server", replace.server().text());
            if (replace.by() != null) {
                tree.put("by", replace.by().text());
            }
        } else if (scenario instanceof Scenario.Fallback fallback) {
            tree.put(
                    "streams",
                    fallback.streams().stream().map(PlanScenario::stream).toList());
            tree.put("undo", fallback.undo());
        }
        return tree;
    }

    private static Map<String, Object> stream(Scenario.Stream stream) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("account", stream.account().text());
        tree.put("stream", stream.name().text());
        return tree;
    }

    static Scenario of(PlanReader r) throws Misfit {
        return switch (r.text("kind")) {
            case "recover" -> new Scenario.Recover(site(r));
            case "bridge" -> new Scenario.Bridge(site(r));
            case "restore" -> new Scenario.Restore(site(r), r.has("same_names") && r.flag("same_names"));
            case "return" -> new Scenario.Return(site(r));
            case "readmit" -> new Scenario.Readmit(readmitted(r), r.flag("keep_stores"));
            case "replace" ->
                new Scenario.Replace(
                        new ServerName(r.name("server")), r.has("by") ? new ServerName(r.name("by")) : null);
            case "purge" -> new Scenario.Purge();
            case "fallback" -> new Scenario.Fallback(streams(r), r.flag("undo"));
            case "home" -> new Scenario.Home();
            default -> throw new Misfit("its scenario is not known");
        };
    }

    private static List<ServerName> readmitted(PlanReader r) throws Misfit {
        List<ServerName> servers = r.names("servers");
        if (servers.isEmpty()) {
            throw new Misfit("its scenario names no server");
        }
        return servers;
    }

    private static SiteName site(PlanReader r) throws Misfit {
        return new SiteName(r.name("site"));
    }

    private static List<Scenario.Stream> streams(PlanReader r) throws Misfit {
        var streams = new ArrayList<Scenario.Stream>();
        for (PlanReader stream : r.children("streams")) {
            streams.add(new Scenario.Stream(
                    new AccountName(stream.name("account")), new StreamName(stream.name("stream"))));
        }
        return streams;
    }
}
