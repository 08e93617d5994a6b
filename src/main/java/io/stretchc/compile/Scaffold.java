package io.stretchc.compile;

import io.stretchc.quorum.Quorum;
import io.stretchc.quorum.Technique;
import io.stretchc.topology.ServerVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A first topology, commented, for somebody to go on from.
 *
 * @param sites names of the sites
 * @param serversPerSite how many servers each has
 * @param version of nats-server
 */
public record Scaffold(String cluster, List<String> sites, int serversPerSite, String version) {
    private static final int CLIENT = 4220;
    private static final int CLUSTER = 6220;
    private static final int MONITOR = 8220;
    private static final int GROUP = 3;

    public Scaffold {
        sites = List.copyOf(sites);
    }

    /** The topology as YAML. */
    public String render(Templates templates) {
        var values = new LinkedHashMap<String, Object>();
        values.put("cluster", cluster);
        values.put("version", version);
        // sync_interval can be set from 2.10 on
        values.put(
                "sync",
                ServerVersion.parse(version).filter(v -> !v.atLeast(2, 10, 0)).isEmpty());
        values.put("sites", siteValues());
        values.put("servers", sites.size() * serversPerSite);
        values.put("replicas", sites.size() * serversPerSite >= 3 ? 3 : 1);
        values.put("first", sites.get(0));
        return templates.scaffold().render(values);
    }

    /**
     * Servers with consecutive ports on one host. Going round the sites, each three servers form a group for streams, so
     * that no site has a whole group; what is left over joins the last one.
     */
    private List<Map<String, Object>> siteValues() {
        var result = new ArrayList<Map<String, Object>>();
        int index = 0;
        int groups = Math.max(1, sites.size() * serversPerSite / GROUP);
        for (int s = 0; s < sites.size(); s++) {
            var servers = new ArrayList<Map<String, Object>>();
            for (int i = 1; i <= serversPerSite; i++, index++) {
                var server = new LinkedHashMap<String, Object>();
                server.put("name", sites.get(s) + "_" + i);
                server.put("client", CLIENT + index);
                server.put("cluster", CLUSTER + index);
                server.put("monitor", MONITOR + index);
                server.put("group", 1 + Math.min(((i - 1) * sites.size() + s) / GROUP, groups - 1));
                servers.add(server);
            }
            var site = new LinkedHashMap<String, Object>();
            site.put("name", sites.get(s));
            site.put("dc", s + 1);
            site.put("servers", servers);
            site.put("preferred", s == 0);
            site.put("ready", ready(s));
            result.add(site);
        }
        return result;
    }

    /**
     * What a site would keep ready for the loss of another, on this version; nothing where the others are a majority. Ports
     * go on where those of the servers end.
     */
    private List<String> ready(int site) {
        int alive = (sites.size() - 1) * serversPerSite;
        int members = sites.size() * serversPerSite;
        ServerVersion runs = ServerVersion.parse(version).orElse(null);
        if (runs == null || sites.size() < 2 || alive >= Quorum.of(members)) {
            return List.of();
        }
        Technique technique = Technique.bestOn(runs);
        int needed = technique.serversNeeded(runs, members, alive);
        String other = sites.get((site + 1) % sites.size());
        var lines = new ArrayList<String>();
        for (int i = 1; i <= needed; i++) {
            int port = members + site * needed + i - 1;
            String who = technique == Technique.STAND_INS
                    ? "for: " + other + "_" + i
                    : "name: " + sites.get(site) + "_" + (serversPerSite + i);
            lines.add("  - { " + who + ", ports: { client: " + (CLIENT + port) + ", cluster: " + (CLUSTER + port)
                    + ", monitor: " + (MONITOR + port) + " } }");
        }
        if (!lines.isEmpty()) {
            lines.add(0, technique == Technique.STAND_INS ? "stand_ins:" : "arbiters:");
        }
        return lines;
    }
}
