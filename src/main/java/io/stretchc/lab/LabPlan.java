package io.stretchc.lab;

import io.stretchc.binary.ServerBinary;
import io.stretchc.compile.ConfigFile;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.AccountSpec;
import io.stretchc.topology.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a lab is to be.
 *
 * @param file the topology's, which is remembered
 * @param firstPort from which ports are counted up; none for those of the topology
 * @param networks whether every server gets a network namespace
 * @param binaries the nats-server for each server
 * @param compiler makes the configurations
 * @param secrets gives the lab's password and keys
 */
public record LabPlan(
        LabName name,
        Path file,
        ResolvedTopology topology,
        @Nullable Integer firstPort,
        boolean networks,
        Function<ServerModel, ServerBinary> binaries,
        Function<ResolvedTopology, List<ConfigFile>> compiler,
        Secrets secrets) {
    /** The first port where the topology's own cannot be used. */
    static final int USUAL_FIRST_PORT = 14_000;

    /** Where a lab's secrets come from. */
    public interface Secrets {
        /** A password that nobody guesses: letters, then letters and digits, so that it is a text to nats-server. */
        String password();

        /** A fresh key for leaf nodes. */
        Key key();
    }

    /** A user's nkey. */
    public record Key(String seed, String publicKey) {
        /** Without the seed. */
        @Override
        public String toString() {
            return publicKey;
        }
    }

    /**
     * The lab in full.
     *
     * @param notes what differs from the topology, a sentence each
     */
    record Made(LabState state, ResolvedTopology topology, List<ConfigFile> files, List<String> notes) {}

    /** Works it out for a directory, with the secrets that it had before or fresh ones. */
    Made made(Path directory, String password, String leafKey, @Nullable String network) throws LabFault {
        var notes = new ArrayList<>(LabTopology.leftOut(topology));
        Layout layout = layout(network, notes);
        ResolvedTopology moved = LabTopology.of(topology, layout, directory.resolve("stores"), leafKey);
        List<ConfigFile> files = compiler.apply(moved);
        var servers = new ArrayList<LabServer>();
        var clusters = new ArrayList<LabState.Cluster>();
        var prefixes = new ArrayList<String>();
        for (ClusterModel cluster : topology.clusters()) {
            prefixes.add(LabTopology.userPrefix(cluster.access()));
        }
        for (ClusterModel cluster : moved.clusters()) {
            clusters.add(cluster(cluster, prefixes.get(clusters.size())));
            for (ServerModel server : cluster.all().toList()) {
                servers.add(server(cluster, server, directory, network != null));
            }
        }
        var state = new LabState(
                name, file, digest(files), password, leafKey, variables(moved), network, clusters, servers, List.of());
        return new Made(state, moved, files, notes);
    }

    private Layout layout(@Nullable String network, List<String> notes) throws LabFault {
        List<ClusterModel> clusters = topology.clusters();
        if (network != null) {
            return Layout.networks(network, clusters);
        }
        if (firstPort != null) {
            return Layout.from(firstPort, clusters);
        }
        if (Layout.local(clusters)) {
            return Layout.declared(clusters);
        }
        try {
            Layout declared = Layout.declared(clusters);
            notes.add("All servers listen on 127.0.0.1, with the ports of the topology.");
            return declared;
        } catch (LabFault e) {
            notes.add("All servers listen on 127.0.0.1, with ports from " + USUAL_FIRST_PORT
                    + " on: the topology's would clash on one machine.");
            return Layout.from(USUAL_FIRST_PORT, clusters);
        }
    }

    private static LabState.Cluster cluster(ClusterModel cluster, String prefix) {
        List<AccountSpec> accounts = cluster.access().accounts();
        return new LabState.Cluster(
                cluster.name(),
                prefix,
                accounts.stream()
                        .filter(AccountSpec::system)
                        .findFirst()
                        .orElseThrow()
                        .name()
                        .text(),
                accounts.stream()
                        .filter(a -> !a.system())
                        .map(a -> a.name().text())
                        .toList());
    }

    private LabServer server(ClusterModel cluster, ServerModel s, Path directory, boolean own) throws LabFault {
        ServerBinary binary = binaries.apply(s);
        String id = s.role().directory() + "-" + s.name().text();
        try {
            return new LabServer(
                    s.name(),
                    s.role(),
                    cluster.name(),
                    s.site(),
                    binary.version(),
                    binary.executable().toRealPath(),
                    directory
                            .resolve("configuration")
                            .resolve(cluster.directory())
                            .resolve(s.file()),
                    Path.of(s.storeDir()),
                    directory.resolve("logs").resolve(cluster.name() + "-" + id + ".log"),
                    s.host(),
                    s.ports().client(),
                    List.copyOf(s.ports().byPurpose().values()),
                    own ? Namespaces.name(s.host()) : null);
        } catch (IOException e) {
            throw new LabFault(LabFault.Reason.UNREACHABLE, "The binary " + binary.executable() + " is gone.");
        }
    }

    private static String digest(List<ConfigFile> files) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (ConfigFile file : files) {
                sha.update((file.path() + "\0" + file.text() + "\0").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static List<String> variables(ResolvedTopology topology) {
        var names = new TreeSet<String>();
        topology.clusters().forEach(c -> c.all().forEach(s -> collect(s.extra(), names)));
        return List.copyOf(names);
    }

    private static void collect(Setting setting, java.util.Set<String> names) {
        if (setting instanceof Setting.Variable v) {
            names.add(v.name());
        } else if (setting instanceof Setting.Many m) {
            m.items().forEach(i -> collect(i, names));
        } else if (setting instanceof Setting.Block b) {
            b.entries().forEach(e -> collect(e.value(), names));
        }
    }
}
