package io.stretchc.compile;

import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.HostPort;
import io.stretchc.resolve.Resolver;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Bytes;
import io.stretchc.topology.GatewaySpec;
import io.stretchc.topology.TlsBlock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server template prints. Absent values are null or empty, so that the template can ask. */
final class ServerView {
    private final ClusterModel cluster;
    private final String routes;

    /** A view of the servers of one cluster; its routes are written once for all of them. */
    ServerView(ClusterModel cluster) {
        this.cluster = cluster;
        var text = new StringBuilder();
        for (HostPort r : cluster.routes()) {
            text.append("    ").append(ConfText.quoted("nats://" + r)).append('\n');
        }
        this.routes = text.toString();
    }

    Map<String, Object> of(ServerModel s) {
        var v = new LinkedHashMap<String, Object>();
        v.put("role", s.role().name());
        v.put("name", s.name().text());
        v.put("tags", s.tags());
        v.put("listen", new HostPort(s.listen(), s.ports().client()).toString());
        put(v, "advertise", advertised(s, s.ports().client()));
        put(v, "monitor", s.ports().monitor());
        put(v, "base_path", s.httpBasePath());
        put(v, "max_connections", s.limits().maxConnections());
        put(v, "max_payload", count(s.limits().maxPayload()));
        put(v, "max_pending", count(s.limits().maxPending()));
        put(v, "tls", tls(cluster.tls().client(), s, true));
        v.put("clustered", !cluster.lone());
        v.put("cluster", cluster.name());
        v.put("cluster_listen", new HostPort(s.listen(), s.ports().cluster()).toString());
        put(v, "cluster_advertise", advertised(s, s.ports().cluster()));
        put(v, "cluster_tls", tls(cluster.tls().cluster(), s, false));
        v.put("routes", routes);
        v.put("jetstream", s.votes());
        v.put("store_dir", s.storeDir());
        put(v, "domain", cluster.domain());
        v.put("unique_tag", cluster.uniqueTag().prefix());
        put(v, "sync_interval", s.syncInterval());
        put(v, "max_memory_store", count(s.limits().maxMemoryStore()));
        put(v, "max_file_store", count(s.limits().maxFileStore()));
        leaf(v, s);
        gateway(v, s);
        put(v, "websocket_listen", address(s, s.ports().websocket()));
        put(v, "websocket_advertise", advertised(s, s.ports().websocket()));
        put(v, "websocket_tls", tls(cluster.tls().websocket(), s, true));
        v.put("accounts", "../accounts.conf");
        extras(v, s);
        return v;
    }

    private void leaf(Map<String, Object> v, ServerModel s) {
        put(v, "leaf_listen", address(s, s.ports().leaf()));
        put(v, "leaf_advertise", advertised(s, s.ports().leaf()));
        put(
                v,
                "leaf_account",
                cluster.leafAccount() == null ? null : cluster.leafAccount().text());
        put(v, "leaf_tls", s.ports().leaf() == null ? null : tls(cluster.tls().leaf(), s, true));
        v.put("remotes", cluster.remotes().stream().map(r -> remote(r, s)).toList());
    }

    private Map<String, Object> remote(ClusterModel.LeafRemote r, ServerModel s) {
        var v = new LinkedHashMap<String, Object>();
        String scheme = r.tls() ? "tls://" : "nats-leaf://";
        v.put("urls", r.addresses().stream().map(a -> scheme + a).toList());
        v.put("account", r.account().text());
        put(v, "nkey", r.nkeyFile() == null ? null : "../" + Resolver.named(r.nkeyFile(), s.name(), s.site()));
        put(v, "credentials", r.credsFile() == null ? null : Resolver.named(r.credsFile(), s.name(), s.site()));
        put(v, "tls", r.tls() ? tls(cluster.tls().leaf(), s, false) : null);
        return v;
    }

    private void gateway(Map<String, Object> v, ServerModel s) {
        GatewaySpec gateway = cluster.gateway();
        put(v, "gateway_listen", gateway == null ? null : address(s, s.ports().gateway()));
        put(v, "gateway_advertise", advertised(s, s.ports().gateway()));
        put(v, "gateway_tls", tls(cluster.tls().gateway(), s, false));
        v.put("reject_unknown_cluster", gateway != null && gateway.rejectUnknownCluster());
        List<GatewaySpec.Remote> others = gateway == null ? List.of() : gateway.clusters();
        v.put("gateways", others.stream().map(ServerView::other).toList());
    }

    private static Map<String, Object> other(GatewaySpec.Remote cluster) {
        var v = new LinkedHashMap<String, Object>();
        v.put("name", cluster.name());
        v.put("urls", cluster.hosts().stream().map(h -> "nats://" + h).toList());
        return v;
    }

    private static void extras(Map<String, Object> v, ServerModel s) {
        v.put("extra", ExtraWriter.top(s.extra()));
        for (String block : List.of("cluster", "jetstream", "leafnodes", "gateway", "websocket")) {
            v.put("extra_" + block, ExtraWriter.inside(s.extra(), block));
        }
    }

    private static @Nullable String address(ServerModel s, @Nullable Integer port) {
        return port == null ? null : new HostPort(s.listen(), port).toString();
    }

    /** What others are told to connect to; nothing where it is left to nats-server. */
    private static @Nullable String advertised(ServerModel s, @Nullable Integer port) {
        return port == null || !s.advertise() ? null : new HostPort(s.host(), port).toString();
    }

    private static @Nullable Object count(@Nullable Bytes bytes) {
        return bytes == null ? null : Long.toString(bytes.count());
    }

    /** A TLS block; {@code listens} where the server decides whether clients must show a certificate. */
    private static @Nullable Object tls(@Nullable TlsBlock t, ServerModel s, boolean listens) {
        if (t == null) {
            return null;
        }
        var v = new LinkedHashMap<String, Object>();
        v.put("cert_file", Resolver.named(t.certFile(), s.name(), s.site()));
        v.put("key_file", Resolver.named(t.keyFile(), s.name(), s.site()));
        put(v, "ca_file", t.caFile());
        v.put("verify", listens && t.verify());
        v.put("verify_and_map", listens && t.verifyAndMap());
        put(v, "timeout", timeout(t.timeout()));
        v.put("handshake_first", t.handshakeFirst());
        return v;
    }

    /** A bare number is seconds; with a unit it is text, since the server reads an unquoted {@code 5m} as 5,000,000. */
    private static @Nullable String timeout(@Nullable String text) {
        return text == null || text.chars().noneMatch(Character::isLetter) ? text : ConfText.quoted(text);
    }

    private static void put(Map<String, Object> v, String key, @Nullable Object value) {
        v.put(key, value == null ? "" : value);
    }
}
