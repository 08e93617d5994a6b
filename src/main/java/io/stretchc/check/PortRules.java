package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Diagnostics.Link;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.LeafCluster;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What servers of one machine must not share, and listeners that must be there. */
final class PortRules implements Rule {
    /** Who holds something, and for what. */
    private record Holder(ServerModel server, String purpose) {
        Path path() {
            return server.path().child("ports").child(purpose);
        }
    }

    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        Map<String, List<Holder>> ports = new HashMap<>();
        Map<String, ServerModel> stores = new HashMap<>();
        for (ClusterModel cluster : topology.clusters()) {
            // A replacement runs on the address of the server that it replaces, never beside it.
            cluster.all().filter(s -> s.role() != Role.REPLACEMENT).forEach(s -> {
                ports(s, cluster.lone(), ports, found);
                store(s, stores, found);
            });
        }
        listeners(topology, found);
    }

    private static void ports(ServerModel server, boolean lone, Map<String, List<Holder>> taken, Diagnostics found) {
        Map<String, Integer> open = server.ports().byPurpose();
        if (lone) {
            open.remove("cluster");
        }
        open.forEach((purpose, port) -> {
            var mine = new Holder(server, purpose);
            boolean reported = false;
            for (String machine : Machines.of(server)) {
                List<Holder> others = taken.computeIfAbsent(machine + " " + port, k -> new ArrayList<>());
                Holder other = others.stream()
                        .filter(o -> Machines.sameSocket(o.server(), server))
                        .findFirst()
                        .orElse(null);
                others.add(mine);
                if (other != null && !reported) {
                    clash(mine, other, port, machine, found);
                    reported = true;
                }
            }
        });
    }

    private static void clash(Holder mine, Holder other, int port, String machine, Diagnostics found) {
        boolean itself = other.server().path().equals(mine.server().path());
        boolean sameName = mine.server().host().equalsIgnoreCase(other.server().host());
        found.add(
                Code.NW101,
                mine.path(),
                "The " + mine.purpose() + " port " + port + " of "
                        + Quote.of(mine.server().name())
                        + " is already the " + other.purpose() + " port of "
                        + (itself ? "the same server" : Quote.of(other.server().name()))
                        + (sameName || machine.equals(Machines.LOOPBACK)
                                ? " on host " + Quote.of(mine.server().host())
                                : ", which listens on the same machine " + Quote.of(machine))
                        + ".",
                "Give one of them another port or host.",
                new Link(other.path(), "the other port"));
    }

    private static void store(ServerModel server, Map<String, ServerModel> taken, Diagnostics found) {
        if (!server.votes()) {
            return;
        }
        String directory = server.storeDir().replaceAll("/+$", "").replaceFirst("^\\./", "");
        ServerModel other = null;
        for (String machine : Machines.of(server)) {
            ServerModel holder = taken.putIfAbsent(machine + " " + directory, server);
            other = other == null ? holder : other;
        }
        if (other != null && !server.name().text().isEmpty() && !same(server, other)) {
            String why = server.role() == Role.STAND_IN ? "; a stand-in must start empty." : ".";
            found.add(
                    Code.NW105,
                    server.path().child("store_dir"),
                    "The " + (server.role() == Role.STAND_IN ? "stand-in for " : "server ") + Quote.of(server.name())
                            + " would use the store directory " + Quote.of(server.storeDir()) + " of "
                            + Quote.of(other.name()) + " on host " + Quote.of(server.host()) + why,
                    "Put `{server}` into `store_dir`, or give this one a directory of its own.",
                    new Link(other.path(), "the other server"));
        }
    }

    /** Two servers of one name are reported as such already. */
    private static boolean same(ServerModel a, ServerModel b) {
        return a.name().equals(b.name()) && a.role() != Role.STAND_IN && b.role() != Role.STAND_IN;
    }

    private static void listeners(ResolvedTopology topology, Diagnostics found) {
        ClusterModel backbone = topology.backbone();
        if (backbone.gateway() != null) {
            for (ServerModel s : backbone.servers()) {
                if (s.ports().gateway() == null) {
                    found.add(
                            Code.NW102,
                            s.path(),
                            "The server " + Quote.of(s.name())
                                    + " has no gateway port, though the topology declares gateways.",
                            "Add `ports.gateway`, on every server of the cluster.");
                }
            }
        }
        for (int l = 0; l < topology.leafClusters().size(); l++) {
            ClusterModel leaf = topology.leafClusters().get(l);
            List<LeafCluster.Remote> remotes =
                    topology.source().leafClusters().get(l).remotes();
            for (int i = 0; i < leaf.remotes().size(); i++) {
                if (leaf.remotes().get(i).addresses().isEmpty()) {
                    List<SiteName> sites = remotes.get(i).sites();
                    found.add(
                            Code.NW102,
                            leaf.path().child("remotes").at(i),
                            "The leaf cluster " + Quote.of(leaf.name())
                                    + " finds no server of the backbone with a leaf port" + in(sites) + ".",
                            "Add `ports.leaf` to servers of the backbone" + in(sites) + ".");
                }
            }
        }
    }

    private static String in(List<SiteName> sites) {
        return sites.isEmpty() ? "" : " in " + (sites.size() == 1 ? "site " : "the sites ") + Quote.all(sites);
    }
}
