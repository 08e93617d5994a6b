package io.stretchc.read;

import io.stretchc.diag.Path;
import io.stretchc.syntax.SourceNode;
import io.stretchc.topology.AccountName;
import io.stretchc.topology.ClusterSpec;
import io.stretchc.topology.GatewaySpec;
import io.stretchc.topology.LeafCluster;
import io.stretchc.topology.Lifecycle;
import io.stretchc.topology.Placement;
import io.stretchc.topology.PlacementName;
import io.stretchc.topology.Recovery;
import io.stretchc.topology.RouteSeeds;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.Site;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.Tls;
import io.stretchc.topology.TlsBlock;
import io.stretchc.topology.Topology;
import io.stretchc.topology.UniqueTag;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Builds the topology from a source tree. It never complains: what the schema found wrong counts as not given, lists
 * keep their length so that paths stay right, and a missing name is empty.
 */
public final class TopologyReader {
    private static final int DEFAULT_SEEDS = 2;

    private TopologyReader() {}

    /** The topology in a tree. */
    public static Topology read(SourceNode root) {
        var f = new Fields(root, Path.ROOT);
        return new Topology(
                cluster(f.under("cluster")),
                ServerReader.settings(f.under("defaults")),
                f.blocks("sites", TopologyReader::site),
                f.blocks("placements", TopologyReader::placement),
                AccessReader.access(f),
                f.under("leaf_listener").text("account", AccountName::new),
                f.blocks("streams", StreamReader::stream),
                f.blocks("leaf_clusters", TopologyReader::leafCluster),
                f.block("gateway", TopologyReader::gateway),
                tls(f.under("tls")),
                lifecycle(f.under("lifecycle")),
                f.blocks("accept", a -> a.text("code", "")));
    }

    private static ClusterSpec cluster(Fields f) {
        return new ClusterSpec(
                f.text("name", ""),
                f.text("domain"),
                f.parsed("server_version", ServerVersion::parse),
                uniqueTag(f),
                routes(f.under("routes")),
                choice(Recovery.class, f.text("recovery", "auto"), Recovery.AUTO));
    }

    private static UniqueTag uniqueTag(Fields f) {
        return new UniqueTag(
                f.text("unique_tag", "unique:"),
                !f.text("unique_value", "server_name").equals("tags"));
    }

    private static RouteSeeds routes(Fields f) {
        boolean seeds = f.text("mode", "full_mesh").equals("seeds");
        return new RouteSeeds(seeds ? (Integer) f.integer("seeds_per_site", DEFAULT_SEEDS) : null);
    }

    private static Site site(Fields f) {
        return new Site(
                new SiteName(f.text("name", "")),
                f.text("dc"),
                f.text("region"),
                f.truth("preferred_leader", false),
                ServerReader.settings(f.under("defaults")),
                f.blocks("servers", ServerReader::server),
                f.blocks("arbiters", ServerReader::server),
                f.blocks("stand_ins", ServerReader::standIn),
                f.integer("replacements", 0));
    }

    private static Placement placement(Fields f) {
        List<PlacementName> fallbacks =
                f.texts("fallbacks").stream().map(PlacementName::new).toList();
        return new Placement(
                new PlacementName(f.text("name", "")),
                f.texts("tags"),
                f.text("preferred_site", SiteName::new),
                fallbacks);
    }

    private static LeafCluster leafCluster(Fields f) {
        return new LeafCluster(
                f.text("name", ""),
                f.text("domain", ""),
                uniqueTag(f),
                routes(f.under("routes")),
                ServerReader.settings(f.under("defaults")),
                f.blocks("servers", ServerReader::server),
                AccessReader.access(f),
                tls(f.under("tls")),
                f.blocks("remotes", TopologyReader::leafRemote));
    }

    private static LeafCluster.Remote leafRemote(Fields f) {
        return new LeafCluster.Remote(
                new AccountName(f.text("account", "")),
                f.texts("sites").stream().map(SiteName::new).toList(),
                f.text("nkey_file"),
                f.text("creds_file"),
                f.truth("tls", false));
    }

    private static GatewaySpec gateway(Fields f) {
        return new GatewaySpec(
                f.truth("reject_unknown_cluster", false),
                f.blocks("clusters", c -> new GatewaySpec.Remote(c.text("name", ""), c.texts("hosts"))));
    }

    private static Tls tls(Fields f) {
        return new Tls(
                f.block("client", TopologyReader::tlsBlock),
                f.block("cluster", TopologyReader::tlsBlock),
                f.block("leaf", TopologyReader::tlsBlock),
                f.block("gateway", TopologyReader::tlsBlock),
                f.block("websocket", TopologyReader::tlsBlock));
    }

    private static TlsBlock tlsBlock(Fields f) {
        return new TlsBlock(
                f.text("cert_file", ""),
                f.text("key_file", ""),
                f.text("ca_file"),
                f.truth("verify", false),
                f.truth("verify_and_map", false),
                f.text("timeout"),
                f.truth("handshake_first", false));
    }

    private static Lifecycle lifecycle(Fields f) {
        var kind = choice(Lifecycle.Kind.class, f.text("kind", "manual"), Lifecycle.Kind.MANUAL);
        return new Lifecycle(kind, f.texts("start"), f.texts("stop"), f.texts("copy"), f.texts("reload"));
    }

    private static <E extends Enum<E>> E choice(Class<E> type, @Nullable String text, E otherwise) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        return otherwise;
    }
}
