package io.stretchc.resolve;

import io.stretchc.diag.Path;
import io.stretchc.topology.LeafCluster;
import io.stretchc.topology.RouteSeeds;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerSettings;
import io.stretchc.topology.ServerSpec;
import io.stretchc.topology.Site;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.StandInSpec;
import io.stretchc.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills in defaults: settings from the outside in, tags, addresses, routes. */
public final class Resolver {
    private final Topology topology;
    private final Doubts doubts;

    private Resolver(Topology topology, List<Path> broken) {
        this.topology = topology;
        this.doubts = new Doubts(broken);
    }

    /**
     * Resolves a topology.
     *
     * @param broken paths that the schema refused; servers that have one are marked as doubtful
     */
    public static ResolvedTopology resolve(Topology topology, List<Path> broken) {
        return new Resolver(topology, broken).resolve();
    }

    private ResolvedTopology resolve() {
        ClusterModel backbone = backbone();
        var leafs = new ArrayList<ClusterModel>();
        for (int i = 0; i < topology.leafClusters().size(); i++) {
            leafs.add(leaf(
                    topology.leafClusters().get(i),
                    backbone,
                    Path.ROOT.child("leaf_clusters").at(i)));
        }
        return new ResolvedTopology(topology, backbone, leafs, doubts);
    }

    private ClusterModel backbone() {
        var servers = new ArrayList<ServerModel>();
        var reserves = new ArrayList<ServerModel>();
        for (int i = 0; i < topology.sites().size(); i++) {
            Path at = Path.ROOT.child("sites").at(i);
            Site site = topology.sites().get(i);
            ServerSettings base = site.defaults().over(topology.defaults());
            servers(site, base, at, servers, reserves);
            reserves(site, base.untagged(), at, reserves);
        }
        var cluster = topology.cluster();
        return new ClusterModel(
                cluster.name(),
                cluster.domain(),
                cluster.version(),
                cluster.uniqueTag(),
                cluster.name(),
                servers,
                reserves,
                routes(servers, cluster.routes()),
                topology.access(),
                topology.leafAccount(),
                topology.gateway(),
                topology.tls(),
                List.of(),
                Path.ROOT.child("cluster"));
    }

    private void servers(
            Site site, ServerSettings base, Path at, List<ServerModel> servers, List<ServerModel> reserves) {
        var tags = new TagComposer(topology.cluster().uniqueTag());
        for (int i = 0; i < site.servers().size(); i++) {
            ServerSpec spec = site.servers().get(i);
            Path path = at.child("servers").at(i);
            ServerSettings settings = spec.settings().over(base);
            String dc = spec.dc() == null ? site.dc() : spec.dc();
            String region = spec.region() == null ? site.region() : spec.region();
            for (int g = spec.generation(); g <= spec.generation() + site.replacements(); g++) {
                ServerName name = spec.nameIn(g);
                Role role = g == spec.generation() ? Role.SERVER : Role.REPLACEMENT;
                List<String> all = tags.compose(name, region, dc, spec.unique(), settings.tags());
                (role == Role.SERVER ? servers : reserves).add(model(name, role, site.name(), settings, all, path));
            }
        }
    }

    private void reserves(Site site, ServerSettings base, Path at, List<ServerModel> reserves) {
        var tags = new TagComposer(topology.cluster().uniqueTag());
        for (int i = 0; i < site.arbiters().size(); i++) {
            ServerSpec spec = site.arbiters().get(i);
            ServerSettings settings = spec.settings().over(base);
            List<String> all =
                    tags.compose(spec.currentName(), spec.region(), spec.dc(), spec.unique(), settings.tags());
            reserves.add(model(
                    spec.currentName(),
                    Role.ARBITER,
                    site.name(),
                    settings,
                    all,
                    at.child("arbiters").at(i)));
        }
        for (int i = 0; i < site.standIns().size(); i++) {
            StandInSpec spec = site.standIns().get(i);
            ServerSettings settings = spec.settings().over(base);
            List<String> all =
                    tags.compose(spec.standsInFor(), spec.region(), spec.dc(), spec.unique(), settings.tags());
            reserves.add(model(
                    spec.standsInFor(),
                    Role.STAND_IN,
                    site.name(),
                    settings,
                    all,
                    at.child("stand_ins").at(i)));
        }
    }

    private ClusterModel leaf(LeafCluster leaf, ClusterModel backbone, Path at) {
        var servers = new ArrayList<ServerModel>();
        var tags = new TagComposer(leaf.uniqueTag());
        for (int i = 0; i < leaf.servers().size(); i++) {
            ServerSpec spec = leaf.servers().get(i);
            ServerSettings settings = spec.settings().over(leaf.defaults());
            List<String> all =
                    tags.compose(spec.currentName(), spec.region(), spec.dc(), spec.unique(), settings.tags());
            servers.add(model(
                    spec.currentName(),
                    Role.SERVER,
                    null,
                    settings,
                    all,
                    at.child("servers").at(i)));
        }
        return new ClusterModel(
                leaf.name(),
                leaf.domain(),
                backbone.version(),
                leaf.uniqueTag(),
                backbone.directory() + "/leafs/" + leaf.name(),
                servers,
                List.of(),
                routes(servers, leaf.routes()),
                leaf.access(),
                null,
                null,
                leaf.tls(),
                leaf.remotes().stream().map(r -> remote(r, backbone)).toList(),
                at);
    }

    private static ClusterModel.LeafRemote remote(LeafCluster.Remote remote, ClusterModel backbone) {
        var addresses = new ArrayList<HostPort>();
        for (ServerModel s : backbone.servers()) {
            Integer port = s.ports().leaf();
            boolean wanted = remote.sites().isEmpty() || remote.sites().contains(s.site());
            if (port != null && wanted) {
                addresses.add(new HostPort(s.host(), port));
            }
        }
        return new ClusterModel.LeafRemote(
                remote.account(), addresses, remote.nkeyFile(), remote.credsFile(), remote.tls());
    }

    /**
     * Routes are those of the regular servers only. Reserves never appear: nats-server takes the number of routes of an
     * empty server for the size of the meta group it expects, so a listed arbiter would raise the quorum.
     */
    private static List<HostPort> routes(List<ServerModel> servers, RouteSeeds seeds) {
        Integer perSite = seeds.perSite();
        var taken = new java.util.TreeMap<String, Integer>();
        var routes = new ArrayList<HostPort>();
        for (ServerModel s : servers) {
            int nth = taken.merge(String.valueOf(s.site()), 1, Integer::sum);
            if (perSite == null || nth <= perSite) {
                routes.add(s.route());
            }
        }
        return routes;
    }

    private ServerModel model(
            ServerName name, Role role, @Nullable SiteName site, ServerSettings s, List<String> tags, Path path) {
        return new ServerModel(
                name,
                role,
                site,
                s.host() == null ? "127.0.0.1" : s.host(),
                s.listen() == null ? "0.0.0.0" : s.listen(),
                s.advertise() != null && s.advertise(),
                new Listeners(
                        s.ports().client() == null ? 4222 : s.ports().client(),
                        s.ports().cluster() == null ? 6222 : s.ports().cluster(),
                        s.ports().monitor(),
                        s.ports().leaf(),
                        s.ports().gateway(),
                        s.ports().websocket()),
                store(s.storeDir() == null ? "./{server}" : s.storeDir(), name, role, site),
                s.httpBasePath(),
                s.limits(),
                s.jetstream() == null || s.jetstream(),
                s.syncInterval(),
                tags,
                s.extra(),
                path,
                doubts.about(path));
    }

    /** A stand-in starts empty, so {@code {server}} never leads it to the directory of the server whose name it has. */
    private static String store(String text, ServerName name, Role role, @Nullable SiteName site) {
        return named(text, role == Role.STAND_IN ? new ServerName(name + "-stand-in") : name, site);
    }

    /** The text with {@code {server}} and {@code {site}} replaced. */
    public static String named(String text, ServerName server, @Nullable SiteName site) {
        return text.replace("{server}", server.text()).replace("{site}", site == null ? "" : site.text());
    }
}
