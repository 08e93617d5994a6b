package io.stretchc.cli;

import io.stretchc.lab.Lab;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.LabState;
import io.stretchc.load.Site;
import io.stretchc.nats.Login;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sites of a topology with the addresses of their servers; one site without a topology, or at other addresses. */
final class LoadSites {
    private LoadSites() {}

    /** The sites of a lab, whose addresses are its own. */
    static List<Site> of(LabState lab) {
        var sites = new TreeMap<String, List<String>>();
        for (LabServer server : Lab.members(lab)) {
            if (server.cluster().equals(lab.backbone().name())) {
                String site =
                        server.site() == null ? server.cluster() : server.site().text();
                sites.computeIfAbsent(site, s -> new ArrayList<>()).add(server.url());
            }
        }
        return sites.entrySet().stream()
                .map(e -> new Site(e.getKey(), e.getValue()))
                .toList();
    }

    static List<Site> of(@Nullable ResolvedTopology topology, Login login) {
        if (topology == null) {
            return List.of(new Site("all", login.urls()));
        }
        ClusterModel cluster = topology.backbone();
        List<String> urls = TopologyLogins.urls(cluster);
        var sites = new TreeMap<String, List<String>>();
        for (int i = 0; i < urls.size(); i++) {
            ServerModel server = cluster.servers().get(i);
            if (login.urls().contains(urls.get(i))) {
                String site =
                        server.site() == null ? cluster.name() : server.site().text();
                sites.computeIfAbsent(site, s -> new ArrayList<>()).add(urls.get(i));
            }
        }
        return sites.isEmpty()
                ? List.of(new Site("all", login.urls()))
                : sites.entrySet().stream()
                        .map(e -> new Site(e.getKey(), e.getValue()))
                        .toList();
    }
}
