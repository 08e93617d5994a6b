package io.stretchc.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The processes of a lab. Each is known by its arguments: the path of its configuration, which no other lab has, and the
 * binary. So a lab is found again whatever became of the command that started it, and a process id that the system gave
 * to something else is never mistaken for a server.
 */
public final class Processes {
    private static final List<String> SETSID = List.of("/usr/bin/setsid", "/bin/setsid");

    private static final Duration LOOK = Duration.ofMillis(10);
    private static final int MOST_LOOKS = 1000;
    private static final Duration KILLED = Duration.ofSeconds(20);
    private static final String GONE = " (deleted)";

    private Processes() {}

    /** The running processes of these servers, by server. */
    public static Map<LabServer, ProcessHandle> of(List<LabServer> servers) {
        var byCommand = new LinkedHashMap<List<String>, LabServer>();
        servers.forEach(s -> byCommand.put(s.command(), s));
        var running = new LinkedHashMap<LabServer, ProcessHandle>();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.forEach(p -> command(p).map(byCommand::get).ifPresent(s -> running.put(s, p)));
        }
        return running;
    }

    /** Kills what was started with a configuration below a directory: {@code BINARY -c FILE}, and nothing else. */
    static int killBelow(Path directory) {
        List<ProcessHandle> found = below(directory);
        for (ProcessHandle process : found) {
            process.destroyForcibly();
            for (int i = 0; process.isAlive() && command(process).isPresent(); i++) {
                if (i == MOST_LOOKS || await(process)) {
                    break;
                }
            }
        }
        return found.size();
    }

    /** Whether anything runs that was started with a configuration below a directory. */
    static boolean runsBelow(Path directory) {
        return !below(directory).isEmpty();
    }

    private static List<ProcessHandle> below(Path directory) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(p -> command(p)
                            .filter(c -> c.size() == 3
                                    && c.get(1).equals("-c")
                                    && c.get(0).contains("nats-server")
                                    && Path.of(c.get(2)).startsWith(directory))
                            .isPresent())
                    .toList();
        }
    }

    static Optional<ProcessHandle> of(LabServer server) {
        return Optional.ofNullable(of(List.of(server)).get(server));
    }

    /** The whole command line of a process; empty where it cannot be seen, as that of another user. */
    private static Optional<List<String>> command(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        return info.command()
                .flatMap(c -> info.arguments().map(a -> {
                    var all = new ArrayList<String>();
                    // what Linux adds when the file was replaced, as by fetching the binary anew
                    all.add(c.endsWith(GONE) ? c.substring(0, c.length() - GONE.length()) : c);
                    all.addAll(Arrays.asList(a));
                    return all;
                }));
    }

    /**
     * Starts a server in a session of its own, so that the interrupt key, or the end of the terminal, reaches only the
     * command that started it. Its output goes to the end of its log.
     *
     * @param environment variables besides those of this process
     */
    static Process start(LabServer server, Path directory, Map<String, String> environment) throws LabFault {
        var command = new ArrayList<String>();
        if (server.namespace() != null) {
            command.addAll(List.of("ip", "netns", "exec", server.namespace()));
        }
        SETSID.stream().filter(s -> Files.isExecutable(Path.of(s))).findFirst().ifPresent(command::add);
        command.addAll(server.command());
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(server.log().toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new LabFault(
                    LabFault.Reason.UNREACHABLE,
                    "Server `" + server.name() + "` cannot be started with " + server.binary()
                            + ": check that it is there and may be run.");
        }
    }

    /** Starts a server, and waits until its process is known by its command line. */
    public static void startAndWait(LabServer server, Path directory, Map<String, String> environment) throws LabFault {
        awaitTakenOver(Map.of(server, start(server, directory, environment)));
    }

    /** Ends a server at once. Whether it ran. */
    public static boolean end(LabServer server) throws LabFault {
        Optional<ProcessHandle> process = of(server);
        if (process.isEmpty()) {
            return false;
        }
        process.get().destroyForcibly();
        if (!ended(server, process.get(), KILLED)) {
            throw new LabFault(
                    LabFault.Reason.UNREACHABLE,
                    "Process " + process.get().pid() + " of `" + server.name() + "` does not end.");
        }
        return true;
    }

    /** Ends a server in order, by SIGTERM: it writes what it has, hands over nothing, and is gone in a moment. Whether it ran. */
    public static boolean endInOrder(LabServer server) throws LabFault {
        Optional<ProcessHandle> process = of(server);
        if (process.isEmpty()) {
            return false;
        }
        process.get().destroy();
        return ended(server, process.get(), KILLED) || end(server);
    }

    /**
     * Waits until processes have become the servers that they were started for: before that, they are the programs that
     * give them a session and a network. One that has ended is not waited for.
     */
    static void awaitTakenOver(Map<LabServer, Process> started) {
        for (int i = 0; i < MOST_LOOKS; i++) {
            Map<LabServer, ProcessHandle> seen = of(List.copyOf(started.keySet()));
            List<Process> open = started.entrySet().stream()
                    .filter(e -> !seen.containsKey(e.getKey()) && e.getValue().isAlive())
                    .map(Map.Entry::getValue)
                    .toList();
            if (open.isEmpty()) {
                return;
            }
            await(open.get(0).toHandle());
        }
    }

    /**
     * Asks a server to go into lame duck mode: it hands over what it leads, refuses new clients, closes those that it
     * has one after the other, then ends.
     */
    static void lameDuck(LabServer server, ProcessHandle process) throws LabFault {
        if (!signalled(server, "ldm", process)) {
            throw new LabFault(
                    LabFault.Reason.UNREACHABLE,
                    "Server `" + server.name() + "` does not take the signal for lame duck mode; `lab kill` ends it at"
                            + " once.");
        }
    }

    /** Makes a server read its configuration again, by a signal. What it cannot change while it runs, it says in its log. */
    public static void reload(LabServer server) throws LabFault {
        Optional<ProcessHandle> process = of(server);
        if (process.isEmpty() || !signalled(server, "reload", process.get())) {
            throw new LabFault(
                    LabFault.Reason.UNREACHABLE,
                    "Server `" + server.name() + "` does not take the signal to read its configuration again.");
        }
    }

    private static boolean signalled(LabServer server, String what, ProcessHandle process) {
        var command = List.of(server.binary().toString(), "--signal", what + "=" + process.pid());
        try {
            Process signal = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (signal.waitFor(10, TimeUnit.SECONDS) && signal.exitValue() == 0) {
                return true;
            }
            signal.destroyForcibly();
        } catch (IOException e) {
            // it has not taken it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /**
     * Waits until no process of this server is left. A process that was killed and that nobody has taken note of, as
     * happens in containers, is no process any more: it has no command line.
     *
     * @return whether it ended in time
     */
    static boolean ended(LabServer server, ProcessHandle process, Duration limit) {
        long looks = Math.max(1, limit.toMillis() / LOOK.toMillis());
        for (long i = 0; i < looks; i++) {
            if (await(process) || of(server).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean await(ProcessHandle process) {
        try {
            process.onExit().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
