package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.diag.Secrets;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerSettings;
import io.stretchc.topology.ServerSpec;
import io.stretchc.topology.Setting;
import io.stretchc.topology.Site;
import io.stretchc.topology.Topology;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Free-form settings: names that nats-server can have, none that is generated, no secrets. */
final class ExtraRules implements Rule {
    /** Generated blocks that need a port, and the port's purpose. */
    private static final Map<String, String> LISTENERS =
            new TreeMap<>(Map.of("leafnodes", "leaf", "gateway", "gateway", "websocket", "websocket"));

    private static final String INCLUDE = "include";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        Topology t = topology.source();
        settings(t.defaults(), Path.ROOT.child("defaults"), found);
        for (int i = 0; i < t.sites().size(); i++) {
            Path at = Path.ROOT.child("sites").at(i);
            Site site = t.sites().get(i);
            settings(site.defaults(), at.child("defaults"), found);
            servers(site.servers(), at.child("servers"), found);
            servers(site.arbiters(), at.child("arbiters"), found);
            for (int s = 0; s < site.standIns().size(); s++) {
                settings(
                        site.standIns().get(s).settings(), at.child("stand_ins").at(s), found);
            }
        }
        for (int i = 0; i < t.leafClusters().size(); i++) {
            Path at = Path.ROOT.child("leaf_clusters").at(i);
            settings(t.leafClusters().get(i).defaults(), at.child("defaults"), found);
            servers(t.leafClusters().get(i).servers(), at.child("servers"), found);
        }
        blocksWithoutListener(topology, found);
    }

    private static void servers(List<ServerSpec> servers, Path at, Diagnostics found) {
        for (int i = 0; i < servers.size(); i++) {
            settings(servers.get(i).settings(), at.at(i), found);
        }
    }

    private static void settings(ServerSettings settings, Path at, Diagnostics found) {
        Path extra = at.child("extra");
        forms(settings.extra(), extra, found);
        for (Setting.Named n : settings.extra().entries()) {
            String name = n.name().toLowerCase(Locale.ROOT);
            GeneratedSettings.Block block = GeneratedSettings.block(name);
            if (GeneratedSettings.top(name) && !name.equals(INCLUDE)) {
                collision(n.name(), extra.child(n.name()), found);
            } else if (block != null) {
                inside(block, n, extra.child(n.name()), found);
            }
        }
    }

    private static void inside(GeneratedSettings.Block block, Setting.Named n, Path at, Diagnostics found) {
        if (!(n.value() instanceof Setting.Block inner) || !n.name().equals(block.name())) {
            found.add(
                    Code.TP108,
                    at.key(),
                    "The extra setting " + Quote.of(n.name()) + " would replace the generated block "
                            + Quote.of(block.name()) + ".",
                    "Write it as a mapping named " + Quote.of(block.name())
                            + "; its settings are added to the generated ones.");
            return;
        }
        for (Setting.Named i : inner.entries()) {
            if (block.inner().contains(i.name().toLowerCase(Locale.ROOT))) {
                collision(n.name() + "." + i.name(), at.child(i.name()), found);
            }
        }
    }

    private static void collision(String name, Path at, Diagnostics found) {
        found.add(
                Code.TP108,
                at.key(),
                "The extra setting " + Quote.of(name) + " is generated already.",
                "Remove it; the topology has a key of its own for it.");
    }

    private static void forms(Setting value, Path at, Diagnostics found) {
        if (value instanceof Setting.Many many) {
            for (int i = 0; i < many.items().size(); i++) {
                forms(many.items().get(i), at.at(i), found);
            }
            return;
        }
        if (value instanceof Setting.Literal literal) {
            number(literal.value(), at, found);
        }
        if (!(value instanceof Setting.Block block)) {
            return;
        }
        var names = new HashSet<String>();
        for (Setting.Named n : block.entries()) {
            Path child = at.child(n.name());
            if (!NAME.matcher(n.name()).matches() || n.name().equalsIgnoreCase(INCLUDE)) {
                found.add(
                        Code.TP109,
                        child.key(),
                        "The name " + Quote.of(n.name()) + " cannot be a setting of nats-server.",
                        "Use letters, digits and `_`; `include` is not a setting.");
            } else if (!names.add(n.name().toLowerCase(Locale.ROOT))) {
                found.add(
                        Code.TP108,
                        child.key(),
                        "The setting " + Quote.of(n.name()) + " stands twice; nats-server does not tell case apart.",
                        "Keep one of the two.");
            }
            boolean written = n.value() instanceof Setting.Text || n.value() instanceof Setting.Literal;
            if (written && Secrets.namesSecret(n.name())) {
                found.add(
                        Code.AC105,
                        child,
                        "The extra setting " + Quote.of(n.name()) + " holds a secret in plain text.",
                        "Write " + Quote.of(n.name() + ": { env: NAME }") + ", an environment variable of the server.");
            }
            variable(n, child, found);
            forms(n.value(), child, found);
        }
    }

    /** A reference that the reader did not take for one, as no environment variable can have its name. */
    private static void variable(Setting.Named n, Path at, Diagnostics found) {
        boolean reference = Secrets.namesSecret(n.name())
                && n.value() instanceof Setting.Block block
                && block.entries().size() == 1
                && block.entries().get(0).name().equals("env");
        if (reference) {
            found.add(
                    Code.TP109,
                    at.child("env"),
                    "The value of " + Quote.of(n.name() + ".env")
                            + " cannot be the name of an environment variable of nats-server.",
                    "Use letters, digits and `_`, the first one no digit.");
        }
    }

    /** nats-server reads {@code 1e3} as one exa-something and a stray 3, and whole numbers of 64 bits (2.9 to 2.15). */
    private static void number(String text, Path at, Diagnostics found) {
        boolean exponent = text.matches("-?[0-9.]+[eE].*");
        boolean large = text.matches("-?[0-9]+") && !fitsLong(text);
        if (exponent || large) {
            found.add(
                    Code.TP109,
                    at,
                    "The number " + Quote.of(text) + " is none to nats-server, which knows "
                            + (exponent ? "no exponents." : "64 bits."),
                    exponent ? "Write its digits out." : "Write a smaller number, or quote it if it is text.");
        }
    }

    private static boolean fitsLong(String digits) {
        try {
            Long.parseLong(digits);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** A leaf, gateway or WebSocket block is only generated where its port is. */
    private static void blocksWithoutListener(ResolvedTopology topology, Diagnostics found) {
        topology.clusters().forEach(c -> withoutCluster(c, found));
        withoutListener(topology.backbone(), topology.source().defaults(), Path.ROOT.child("defaults"), found);
        for (int i = 0; i < topology.leafClusters().size(); i++) {
            ClusterModel leaf = topology.leafClusters().get(i);
            ServerSettings defaults = topology.source().leafClusters().get(i).defaults();
            withoutListener(leaf, defaults, leaf.path().child("defaults"), found);
        }
    }

    /** A server that is alone gets no cluster block. */
    private static void withoutCluster(ClusterModel cluster, Diagnostics found) {
        for (ServerModel server : cluster.servers()) {
            if (cluster.lone() && server.extra().get("cluster") != null) {
                found.add(
                        Code.TP108,
                        server.path().child("extra").child("cluster"),
                        "The server " + Quote.of(server.name())
                                + " has extra cluster settings but is no part of a cluster, since there is no other.",
                        "Remove the extra settings, or add servers.");
            }
        }
    }

    private static void withoutListener(
            ClusterModel cluster, ServerSettings defaults, Path defaultsAt, Diagnostics found) {
        LISTENERS.forEach((block, port) -> {
            boolean unused = port.equals("gateway") && cluster.gateway() == null;
            List<ServerModel> without = cluster.servers().stream()
                    .filter(s -> s.extra().get(block) != null)
                    .filter(s -> !s.ports().byPurpose().containsKey(port) || unused)
                    .toList();
            boolean remotes = port.equals("leaf") && !cluster.remotes().isEmpty();
            if (without.isEmpty() || remotes) {
                return;
            }
            boolean common = defaults.extra().get(block) != null;
            Path at = common ? defaultsAt : without.get(0).path();
            found.add(
                    Code.TP108,
                    at.child("extra").child(block),
                    "There are extra settings for " + Quote.of(block) + ", but "
                            + (unused ? "the topology declares no gateway, for " : "no " + port + " port, on ")
                            + Quote.all(without.stream().map(ServerModel::name).toList()) + ".",
                    (unused ? "Declare `gateway`" : "Add `ports." + port + "` there")
                            + ", or remove the extra settings.");
        });
    }
}
