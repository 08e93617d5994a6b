package io.stretchc.lab;

import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One configuration of a lab, and the process that it is for. A stand-in has the name of the server that it stands in
 * for; the configuration is what tells them apart.
 *
 * @param cluster name of its cluster
 * @param site none in a leaf cluster
 * @param binary the nats-server that runs it
 * @param configuration absolute, and the mark by which its process is known
 * @param client port for clients
 * @param ports all of its ports
 * @param namespace network namespace that it runs in; none on the loopback interface
 */
public record LabServer(
        ServerName name,
        Role role,
        String cluster,
        @Nullable SiteName site,
        ServerVersion version,
        Path binary,
        Path configuration,
        Path store,
        Path log,
        String host,
        int client,
        List<Integer> ports,
        @Nullable String namespace) {
    public LabServer {
        ports = List.copyOf(ports);
    }

    /** What runs it; its process, and no other, has exactly these arguments. */
    List<String> command() {
        return List.of(binary.toString(), "-c", configuration.toString());
    }

    /** Its name; a stand-in is told from the server that it stands in for. */
    String label() {
        return role == Role.STAND_IN ? "stand-in " + name : name.text();
    }

    /** Where clients connect. */
    public String url() {
        return "nats://" + host + ":" + client;
    }

    /** The same configuration run by another release. */
    LabServer on(ServerVersion otherVersion, Path otherBinary) {
        return new LabServer(
                name,
                role,
                cluster,
                site,
                otherVersion,
                otherBinary,
                configuration,
                store,
                log,
                host,
                client,
                ports,
                namespace);
    }
}
