package io.stretchc.lab;

import io.stretchc.compile.ConfigFile;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A lab whose processes can be started and hurt. Whoever changes it holds its lock; looking at it needs none.
 *
 * <p>Nothing here waits for the cluster, only for processes: what a cluster makes of it is for an observation to say.
 */
public final class Lab implements Closeable {
    private static final Duration KILLED = Duration.ofSeconds(20);
    private static final int MOST_LOG = 1 << 20;

    private final LabHome home;
    private final Map<String, String> environment;
    private final Closeable lock;
    private LabState state;

    private Lab(LabHome home, Map<String, String> environment, Closeable lock, LabState state) {
        this.home = home;
        this.environment = environment;
        this.lock = lock;
        this.state = state;
    }

    /**
     * A lab as planned: made anew, or the one that is there already if it is the same.
     *
     * @param topology in the form that runs
     * @param notes what differs from what was planned from, a sentence each
     * @param fresh whether it was not there before
     */
    public record Opened(Lab lab, ResolvedTopology topology, List<String> notes, boolean fresh) {}

    /**
     * Makes a lab, with its files, or opens the one of the same name and content. Starts nothing.
     *
     * @param environment variables that servers get
     * @throws LabFault when another lab has the name, or the machine does not let it
     */
    public static Opened make(LabHome home, LabPlan plan, Map<String, String> environment) throws LabFault {
        Closeable lock = home.lock(plan.name());
        boolean done = false;
        boolean fresh = false;
        try {
            Optional<LabState> before = home.find(plan.name());
            fresh = before.isEmpty();
            if (fresh && Processes.runsBelow(home.directory(plan.name()))) {
                fresh = false; // it is not ours to delete
                throw new LabFault(
                        LabFault.Reason.REFUSED,
                        "Servers of a former lab `" + plan.name() + "` run, whose state is gone: end them with"
                                + " `stretchc lab down --lab " + plan.name() + "`.");
            }
            Path directory = home.directory(plan.name());
            LabPlan.Key key = plan.secrets().key();
            String network = before.isPresent() ? before.get().network() : plan.networks() ? freeNetwork(home) : null;
            LabPlan.Made made = plan.made(
                    directory,
                    before.map(LabState::password).orElseGet(plan.secrets()::password),
                    before.map(LabState::leafKey).orElse(key.publicKey()),
                    network);
            if (before.isPresent()) {
                same(before.get(), made.state(), plan);
            }
            LabState state = before.map(b -> made.state().withCuts(b.cuts())).orElse(made.state());
            var lab = new Lab(home, environment, lock, state);
            home.file(plan.name()).write(state);
            lab.write(made.files());
            if (before.isEmpty()) {
                lab.writeLeafKeys(key);
            }
            if (network != null) {
                connect(new Namespaces(network), state.servers(), fresh);
            }
            done = true;
            return new Opened(lab, made.topology(), made.notes(), fresh);
        } finally {
            if (!done && fresh) {
                home.delete(plan.name());
            }
            if (!done) {
                release(lock);
            }
        }
    }

    /** Networks that cannot be made as a whole are not left half made. */
    private static void connect(Namespaces network, List<LabServer> servers, boolean fresh) throws LabFault {
        boolean done = false;
        try {
            network.up(servers);
            done = true;
        } finally {
            if (!done && fresh) {
                network.down(servers);
            }
        }
    }

    private static String freeNetwork(LabHome home) throws LabFault {
        List<String> used = home.all().stream()
                .map(LabState::network)
                .filter(n -> n != null)
                .toList();
        for (int i = 0; i < 256; i++) {
            String network = Namespaces.network(i);
            if (!used.contains(network) && !Namespaces.taken(network)) {
                return network;
            }
        }
        throw new LabFault(LabFault.Reason.REFUSED, "All 256 networks for labs are taken: end some of them.");
    }

    private static void same(LabState before, LabState now, LabPlan plan) throws LabFault {
        boolean sameServers = before.servers().equals(now.servers());
        if (before.digest().equals(now.digest()) && sameServers && plan.networks() == (before.network() != null)) {
            return;
        }
        throw new LabFault(
                LabFault.Reason.REFUSED,
                "There is a lab `" + before.name() + "` already, made from " + before.topology() + ", and "
                        + (before.digest().equals(now.digest())
                                ? "its servers run other versions"
                                : "its configurations are others")
                        + ": end it with `stretchc lab down --lab " + before.name()
                        + "`, or give this one another name with `--name`.");
    }

    /** Opens a lab to change it. */
    public static Lab open(LabHome home, LabName name, Map<String, String> environment) throws LabFault {
        Closeable lock = home.lock(name);
        boolean done = false;
        try {
            LabState state = home.find(name)
                    .orElseThrow(() ->
                            new LabFault(LabFault.Reason.INVALID, "There is no lab `" + name + "` on this machine."));
            done = true;
            return new Lab(home, environment, lock, state);
        } finally {
            if (!done) {
                release(lock);
            }
        }
    }

    public LabState state() {
        return state;
    }

    private void write(List<ConfigFile> files) throws LabFault {
        Path configuration = home.directory(state.name()).resolve("configuration");
        try {
            for (ConfigFile file : files) {
                Path path = configuration.resolve(file.path());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.text());
            }
            Files.createDirectories(home.directory(state.name()).resolve("logs"));
            Files.createDirectories(home.directory(state.name()).resolve("stores"));
        } catch (IOException e) {
            throw new LabFault(
                    LabFault.Reason.UNREACHABLE,
                    "The configurations cannot be written to " + configuration + ": check that there is space.");
        }
    }

    /** The key of leaf nodes stands beside the accounts of every cluster; only leaf clusters include it. */
    private void writeLeafKeys(LabPlan.Key key) throws LabFault {
        var files = new LinkedHashSet<Path>();
        for (LabServer server : state.servers()) {
            files.add(server.configuration()
                    .resolveSibling("../" + LabTopology.LEAF_KEY)
                    .normalize());
        }
        for (Path file : files) {
            try {
                if (!Files.exists(file)) {
                    StateFile.createPrivate(file);
                }
                Files.writeString(file, "nkey: \"" + key.seed() + "\"\n", StandardOpenOption.TRUNCATE_EXISTING);
            } catch (IOException e) {
                throw new LabFault(LabFault.Reason.UNREACHABLE, file + " cannot be written.");
            }
        }
    }

    /** What runs now. */
    public Map<LabServer, ProcessHandle> running() {
        return Processes.of(state.servers());
    }

    /**
     * Starts those of the servers that do not run. Their stores stay as they are.
     *
     * @return those that were started
     * @throws LabFault before any is started, when one cannot be
     */
    public List<LabServer> start(List<LabServer> servers) throws LabFault {
        Map<LabServer, ProcessHandle> running = running();
        List<LabServer> idle =
                servers.stream().filter(s -> !running.containsKey(s)).toList();
        for (LabServer server : idle) {
            for (LabServer other : running.keySet()) {
                if (other.name().equals(server.name()) && other.cluster().equals(server.cluster())) {
                    throw new LabFault(
                            LabFault.Reason.REFUSED,
                            "A " + title(other.role()) + " of the name `" + server.name()
                                    + "` runs, and two servers with one name are one member to the meta group: kill it"
                                    + " first.");
                }
            }
            if (server.namespace() == null) {
                free(server, running.keySet());
            }
        }
        Path directory = home.directory(state.name());
        var processes = new LinkedHashMap<LabServer, Process>();
        for (LabServer server : idle) {
            processes.put(server, Processes.start(server, directory, variables()));
        }
        Processes.awaitTakenOver(processes);
        return idle;
    }

    private Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        for (String name : state.variables()) {
            String own = environment.getOrDefault(name, "");
            variables.put(name, own.isEmpty() ? state.password() : own);
        }
        variables.put(LabTopology.PASSWORD, state.password());
        return variables;
    }

    private static void free(LabServer server, Collection<LabServer> running) throws LabFault {
        for (LabServer other : running) {
            if (!Collections.disjoint(other.ports(), server.ports())) {
                throw new LabFault(
                        LabFault.Reason.REFUSED,
                        "The " + title(other.role()) + " `" + other.name() + "` runs, and has the ports of `"
                                + server.name() + "`: kill it first.");
            }
        }
        for (int port : server.ports()) {
            try (var socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getByName(server.host()), port));
            } catch (IOException e) {
                throw new LabFault(
                        LabFault.Reason.REFUSED,
                        "Port " + port + " of `" + server.name() + "` is taken by another program on this machine: end"
                                + " that, or make the lab with `--ports 14000`, which counts ports up from there.");
            }
        }
    }

    /** Ends processes at once, as a power cut does. Returns those that ran. */
    public List<LabServer> kill(List<LabServer> servers) throws LabFault {
        Map<LabServer, ProcessHandle> running = Processes.of(servers);
        running.values().forEach(ProcessHandle::destroyForcibly);
        for (Map.Entry<LabServer, ProcessHandle> e : running.entrySet()) {
            if (!Processes.ended(e.getKey(), e.getValue(), KILLED)) {
                throw new LabFault(
                        LabFault.Reason.UNREACHABLE,
                        "Process " + e.getValue().pid() + " of `" + e.getKey().name() + "` does not end.");
            }
        }
        return List.copyOf(running.keySet());
    }

    /** Ends servers in order, at once: SIGTERM closes their clients, who go elsewhere. Returns those that ran. */
    public List<LabServer> end(List<LabServer> servers) throws LabFault {
        Map<LabServer, ProcessHandle> running = Processes.of(servers);
        for (LabServer server : running.keySet()) {
            Processes.endInOrder(server);
        }
        return List.copyOf(running.keySet());
    }

    /**
     * Ends servers in order, by lame duck mode.
     *
     * @return those that ran
     * @throws LabFault when one has not ended in time; it goes on ending
     */
    public List<LabServer> stop(List<LabServer> servers, Duration limit) throws LabFault {
        Map<LabServer, ProcessHandle> running = Processes.of(servers);
        for (Map.Entry<LabServer, ProcessHandle> e : running.entrySet()) {
            Processes.lameDuck(e.getKey(), e.getValue());
        }
        for (Map.Entry<LabServer, ProcessHandle> e : running.entrySet()) {
            if (!Processes.ended(e.getKey(), e.getValue(), limit)) {
                throw new LabFault(
                        LabFault.Reason.UNREACHABLE,
                        "Server `" + e.getKey().name() + "` is in lame duck mode and has not ended within "
                                + limit.toSeconds()
                                + " s; it will when its clients are closed (two minutes, usually).");
            }
        }
        return List.copyOf(running.keySet());
    }

    /**
     * Deletes the stores of servers, as a new disk does.
     *
     * @throws LabFault when one of them runs; nothing is deleted then
     */
    public void wipe(List<LabServer> servers) throws LabFault {
        for (LabServer server : Processes.of(servers).keySet()) {
            throw new LabFault(
                    LabFault.Reason.REFUSED,
                    "Server `" + server.name() + "` runs, and a store is not taken from under it: `stretchc lab kill "
                            + server.name() + "` first.");
        }
        for (LabServer server : servers) {
            LabHome.delete(server.store());
        }
    }

    /**
     * Cuts what passes between servers of two groups, besides what is cut already.
     *
     * @throws LabFault when the lab has no networks of its own, or a server is on both sides
     */
    public void partition(List<LabServer> one, List<LabServer> other) throws LabFault {
        Namespaces network = network();
        var cuts = new LinkedHashSet<>(state.cuts());
        for (LabServer a : one) {
            for (LabServer b : other) {
                if (a.equals(b)) {
                    throw new LabFault(
                            LabFault.Reason.INVALID, "Server `" + a.name() + "` cannot be on both sides of a cut.");
                }
                cuts.add(new LabState.Cut(a.label(), b.label()));
            }
        }
        remember(state.withCuts(new ArrayList<>(cuts)));
        for (LabServer a : one) {
            for (LabServer b : other) {
                network.cut(a.host(), b.host());
            }
        }
    }

    /** Takes all cuts back. Returns how many there were. */
    public int heal() throws LabFault {
        Namespaces network = network();
        for (LabServer server : state.servers()) {
            network.heal(server.host());
        }
        int cuts = state.cuts().size();
        remember(state.withCuts(List.of()));
        return cuts;
    }

    private Namespaces network() throws LabFault {
        String network = state.network();
        if (network == null) {
            throw new LabFault(
                    LabFault.Reason.REFUSED,
                    "The servers of this lab share the loopback interface, where nothing can be cut: make the lab with"
                            + " `stretchc lab up TOPOLOGY --netns`, as root on Linux.");
        }
        return new Namespaces(network);
    }

    private void remember(LabState other) throws LabFault {
        home.file(other.name()).write(other);
        state = other;
    }

    /**
     * Ends all that runs, and deletes all that the lab has on disk.
     *
     * @return how many processes ran
     */
    public int down() throws LabFault {
        int killed = kill(state.servers()).size();
        if (state.network() != null) {
            new Namespaces(state.network()).down(state.servers());
        }
        home.delete(state.name());
        return killed;
    }

    /** The last lines of a server's log. */
    public static List<String> log(LabServer server, int lines) {
        try (var file = new RandomAccessFile(server.log().toFile(), "r")) {
            long from = Math.max(0, file.length() - MOST_LOG);
            file.seek(from);
            var bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    /** What a server of a role is called. */
    public static String title(Role role) {
        return switch (role) {
            case SERVER -> "server";
            case ARBITER -> "arbiter";
            case STAND_IN -> "stand-in";
            case REPLACEMENT -> "replacement";
        };
    }

    /** The servers that make up the clusters, without reserves. */
    public static List<LabServer> members(LabState state) {
        return state.servers().stream().filter(s -> s.role() == Role.SERVER).toList();
    }

    private static void release(Closeable lock) {
        try {
            lock.close();
        } catch (IOException e) {
            // the end of the process releases it
        }
    }

    @Override
    public void close() {
        release(lock);
    }
}
