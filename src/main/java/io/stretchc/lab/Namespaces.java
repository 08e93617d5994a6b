package io.stretchc.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network for a lab: a namespace for each server, all at one bridge, so that what passes between any two of them can be
 * cut while both stay within reach of whoever watches from outside. Linux only, and only for who may administer networks.
 *
 * <p>A cut is a route into nothing on both sides: packets vanish, as in a real partition, and no connection is closed.
 */
final class Namespaces {
    private static final long PATIENCE_SECONDS = 20;

    private final String network;
    private final String bridge;

    /**
     * The network of a lab.
     *
     * @param network the first three numbers of its addresses and the dot
     */
    Namespaces(String network) {
        this.network = network;
        this.bridge = "stc" + network.split("\\.", -1)[2];
    }

    /** The network with a number from 0 to 255. */
    static String network(int number) {
        return "10.213." + number + ".";
    }

    /** Whether this machine has such a bridge already, of a lab or of something else. */
    static boolean taken(String network) throws LabFault {
        return run("ip", "link", "show", new Namespaces(network).bridge).code == 0;
    }

    /** The name of the namespace of the server at an address. */
    static String name(String host) {
        return "stretchc-" + host.replace('.', '-');
    }

    /** Makes what is missing of it. */
    void up(List<LabServer> servers) throws LabFault {
        if (run("ip", "link", "show", bridge).code != 0) {
            must("ip", "link", "add", bridge, "type", "bridge");
            must("ip", "addr", "add", network + "254/24", "dev", bridge);
            must("ip", "link", "set", bridge, "up");
        }
        List<String> present = names();
        for (LabServer server : servers) {
            String namespace = name(server.host());
            if (!present.contains(namespace)) {
                add(namespace, server.host());
            }
        }
    }

    private void add(String namespace, String host) throws LabFault {
        String outside = outside(host);
        must("ip", "netns", "add", namespace);
        must("ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", namespace);
        must("ip", "link", "set", outside, "master", bridge);
        must("ip", "link", "set", outside, "up");
        must("ip", "-n", namespace, "addr", "add", host + "/24", "dev", "eth0");
        must("ip", "-n", namespace, "link", "set", "lo", "up");
        must("ip", "-n", namespace, "link", "set", "eth0", "up");
    }

    private String outside(String host) {
        return bridge + "v" + host.substring(network.length());
    }

    /** Cuts what passes between two addresses, in both directions. */
    void cut(String one, String other) throws LabFault {
        must("ip", "-n", name(one), "route", "replace", "blackhole", other + "/32");
        must("ip", "-n", name(other), "route", "replace", "blackhole", one + "/32");
    }

    /** Takes all cuts at an address back. */
    void heal(String host) throws LabFault {
        run("ip", "-n", name(host), "route", "flush", "type", "blackhole");
    }

    /** Removes all of it; what is gone already is no fault. */
    void down(List<LabServer> servers) throws LabFault {
        List<String> present = names();
        for (LabServer server : servers) {
            // a namespace takes its links along later, and until then their names are taken
            run("ip", "link", "del", outside(server.host()));
            if (present.contains(name(server.host()))) {
                run("ip", "netns", "del", name(server.host()));
            }
        }
        run("ip", "link", "del", bridge);
    }

    private static List<String> names() throws LabFault {
        return run("ip", "netns", "list")
                .output
                .lines()
                .map(l -> l.split(" ", -1)[0])
                .toList();
    }

    private static void must(String... command) throws LabFault {
        Answer answer = run(command);
        if (answer.code != 0) {
            throw new LabFault(
                    LabFault.Reason.REFUSED,
                    "This machine does not let a lab have networks of its own (`" + String.join(" ", command) + "`: "
                            + answer.output.strip() + "). Network namespaces take Linux, iproute2 and the right to"
                            + " administer networks, as root has; without `--netns` a lab does without them, and"
                            + " cannot be partitioned.");
        }
    }

    private record Answer(int code, String output) {}

    private static Answer run(String... command) throws LabFault {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Answer(-1, "it does not end");
            }
            return new Answer(process.exitValue(), output);
        } catch (IOException e) {
            return new Answer(-1, "there is no such command");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabFault(LabFault.Reason.UNREACHABLE, "Interrupted while the lab's network was changed.");
        }
    }
}
