package io.stretchc.lab;

import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.Listeners;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where the servers of a lab listen: an address and ports of this machine for each configuration. */
final class Layout {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LAST_PORT = 65_535;
    private static final int MOST_HOSTS = 250;

    private final Map<String, Place> places;

    private Layout(Map<String, Place> places) {
        this.places = places;
    }

    /** Where one server listens. */
    record Place(String host, Listeners ports) {}

    Place of(ClusterModel cluster, ServerModel server) {
        return java.util.Objects.requireNonNull(places.get(key(cluster, server)));
    }

    /** The ports of the topology on the loopback interface. */
    static Layout declared(List<ClusterModel> clusters) throws LabFault {
        var places = new LinkedHashMap<String, Place>();
        var taken = new TreeMap<Integer, String>();
        for (ClusterModel cluster : clusters) {
            for (ServerModel server : cluster.all().toList()) {
                // a replacement has the ports of the server that is gone
                boolean alone = server.role() == Role.SERVER || server.role() == Role.ARBITER;
                for (int port : alone ? new TreeSet<>(server.ports().byPurpose().values()) : new TreeSet<Integer>()) {
                    String other = taken.put(port, server.name().text());
                    if (other != null) {
                        throw new LabFault(
                                LabFault.Reason.INVALID,
                                "Servers `" + other + "` and `" + server.name() + "` have port " + port
                                        + " both, on machines of their own, and in a lab they share this one: give"
                                        + " `--ports 14000` to count ports up from there, or `--netns` for networks of"
                                        + " their own.");
                    }
                }
                places.put(key(cluster, server), new Place(LOOPBACK, server.ports()));
            }
        }
        return new Layout(places);
    }

    /** Ports counted up from a first one, on the loopback interface. */
    static Layout from(int first, List<ClusterModel> clusters) throws LabFault {
        var places = new LinkedHashMap<String, Place>();
        int next = first;
        for (ClusterModel cluster : clusters) {
            for (ServerModel server : cluster.all().toList()) {
                Listeners p = server.ports();
                if (next + p.byPurpose().size() > LAST_PORT) {
                    throw new LabFault(
                            LabFault.Reason.INVALID,
                            "From port " + first + " on there are not enough ports for all servers: begin lower.");
                }
                var ports = new Listeners(
                        next++,
                        next++,
                        p.monitor() == null ? null : (Integer) next++,
                        p.leaf() == null ? null : (Integer) next++,
                        p.gateway() == null ? null : (Integer) next++,
                        p.websocket() == null ? null : (Integer) next++);
                places.put(key(cluster, server), new Place(LOOPBACK, ports));
            }
        }
        return new Layout(places);
    }

    /** An address for each server in a network of 256, and the ports of the topology. */
    static Layout networks(String network, List<ClusterModel> clusters) throws LabFault {
        var places = new LinkedHashMap<String, Place>();
        for (ClusterModel cluster : clusters) {
            for (ServerModel server : cluster.all().toList()) {
                places.put(key(cluster, server), new Place(network + (places.size() + 1), server.ports()));
            }
        }
        if (places.size() > MOST_HOSTS) {
            throw new LabFault(
                    LabFault.Reason.INVALID,
                    places.size() + " servers do not fit into one network of " + MOST_HOSTS + ".");
        }
        return new Layout(places);
    }

    /** Whether all servers of the topology are on this machine's loopback interface anyway. */
    static boolean local(List<ClusterModel> clusters) {
        return clusters.stream()
                .flatMap(ClusterModel::all)
                .map(ServerModel::host)
                .allMatch(Layout::loopback);
    }

    private static boolean loopback(@Nullable String host) {
        return host != null && (host.equals("localhost") || host.startsWith("127.") || host.equals("::1"));
    }

    private static String key(ClusterModel cluster, ServerModel server) {
        return cluster.directory() + "/" + server.file();
    }
}
