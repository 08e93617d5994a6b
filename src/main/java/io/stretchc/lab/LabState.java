package io.stretchc.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a lab between commands.
 *
 * @param topology file that it was made from, as an absolute path
 * @param digest of all configurations, so that a changed topology is noticed
 * @param password of the lab's users; the only secret, which is why only its owner can read the file
 * @param leafKey public key of leaf nodes that log in with a key
 * @param variables environment variables that the configurations read, besides that of the password
 * @param network first three numbers of its addresses and the dot, {@code 10.213.0.}; none on the loopback interface
 * @param clusters the backbone first
 * @param servers servers and reserves of all clusters
 * @param cuts pairs of server names that cannot reach each other
 */
public record LabState(
        LabName name,
        Path topology,
        String digest,
        String password,
        String leafKey,
        List<String> variables,
        @Nullable String network,
        List<Cluster> clusters,
        List<LabServer> servers,
        List<Cut> cuts) {
    public LabState {
        variables = List.copyOf(variables);
        clusters = List.copyOf(clusters);
        servers = List.copyOf(servers);
        cuts = List.copyOf(cuts);
    }

    /**
     * How to log in to a cluster.
     *
     * @param user what the name of the lab's user in every account begins with
     * @param system the system account
     * @param accounts the others
     */
    public record Cluster(String name, String user, String system, List<String> accounts) {
        public Cluster {
            accounts = List.copyOf(accounts);
        }

        /** The lab's user in an account. */
        public String userIn(String account) {
            return LabTopology.userIn(user, account);
        }
    }

    /** Two servers, by {@link LabServer#label}, between which nothing passes. */
    public record Cut(String one, String other) {}

    /** The cluster of this name. */
    public Optional<Cluster> cluster(String clusterName) {
        return clusters.stream().filter(c -> c.name().equals(clusterName)).findFirst();
    }

    /** The cluster that the topology is about. */
    public Cluster backbone() {
        return clusters.get(0);
    }

    /** The same lab with other cuts. */
    LabState withCuts(List<Cut> others) {
        return new LabState(name, topology, digest, password, leafKey, variables, network, clusters, servers, others);
    }

    /** The same lab with other servers. */
    LabState withServers(List<LabServer> others) {
        return new LabState(name, topology, digest, password, leafKey, variables, network, clusters, others, cuts);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "LabState[" + name + ", " + topology + "]";
    }
}
