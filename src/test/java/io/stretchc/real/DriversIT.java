package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Outside of labs: a recovery for which the topology's {@code lifecycle} starts, stops and copies. */
@DisabledOnOs(OS.WINDOWS)
final class DriversIT {
    private static final List<String> SIX = List.of("emea_1", "emea_2", "emea_3", "us_1", "us_2", "us_3");
    private static final String START = """
            #!/bin/sh
            nohup '%s' -c "$1" >"$1.log" 2>&1 &
            echo $! >"$1.pid"
            """;
    private static final String STOP = """
            #!/bin/sh
            kill "$(cat "$1.pid")"
            """;

    /** An arbiter comes and goes again. */
    @Test
    void localProcesses(@TempDir Path home) throws Exception {
        SortedSet<String> reserves =
                recovers(home, "2.10.27", "  kind: process\n", List.of("emea_1", "emea_2", "emea_3"));

        assertThat(reserves).isEmpty();
        assertThat(home.resolve("plan.yaml.stores/emea_1/jetstream")).isDirectory();
    }

    /** Stand-ins come, and stay. */
    @Test
    @Tag("long")
    void commands(@TempDir Path home) throws Exception {
        Path start = script(home.resolve("start it"), START.formatted(Binaries.of("2.12.15")));
        Path stop = script(home.resolve("stop"), STOP);
        SortedSet<String> reserves = recovers(
                home,
                "2.12.15",
                "  kind: command\n  start: [\"" + start + "\", \"{config}\"]\n  stop: [\"" + stop
                        + "\", \"{config}\"]\n  copy: [cp, -a, \"{store}\", \"" + home + "/copy-of-{server}\"]\n",
                SIX);

        assertThat(reserves).containsExactly("stand-ins/us_1.conf", "stand-ins/us_2.conf", "stand-ins/us_3.conf");
        assertThat(home.resolve("copy-of-emea_1/jetstream")).isDirectory();
    }

    /** Recovers; the configurations of reserves that run then. */
    private static SortedSet<String> recovers(Path home, String version, String lifecycle, List<String> members)
            throws Exception {
        Path topology = topology(home, version, lifecycle);
        Path out = home.resolve("out");
        var environment = new TreeMap<>(System.getenv());
        environment.put("STRETCH_LAB_PASSWORD", "stretch");
        environment.put("STRETCHC_STATE", home.resolve("state").toString());
        good(environment, "compile", topology.toString(), "--out", out.toString());
        var admin = RealCluster.client("nats://127.0.0.1:18120", "nats://127.0.0.1:18121")
                .userInfo("admin", "stretch")
                .build();
        var user = RealCluster.client("nats://127.0.0.1:18120", "nats://127.0.0.1:18121")
                .userInfo("acc1", "stretch")
                .build();
        try (var cluster = RealCluster.boot(Binaries.of(version), out.resolve("STRETCH"), home);
                var view = SystemView.connect(admin);
                var client = Client.connect(user)) {
            cluster.awaitMetaGroup(view, SIX);
            Streams.place(client, "foo", "ha:1");
            cluster.awaitPublish(client, "foo.a");
            SIX.stream().filter(s -> s.startsWith("us")).forEach(cluster::kill);
            String plan = home.resolve("plan.yaml").toString();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            good(environment, "plan", "recover", "--lost", "us", topology.toString(), "-o", plan));
            String id = Files.readString(Path.of(plan)).replaceAll("(?s).*\nid: \"sha256:(\\w+)\".*", "$1");
            Stretchc applied = Stretchc.run(
                    environment,
                    "apply",
                    plan,
                    "--approve",
                    id,
                    "--attest-lost",
                    "us",
                    "--reason",
                    "a test",
                    "--out",
                    out.toString());
            assertThat(applied.code()).as(applied.toString()).isZero();
            cluster.awaitMetaGroup(view, members);
            cluster.awaitPublish(client, "foo.b");
            assertThat(client.connection()
                            .jetStreamManagement()
                            .getStreamInfo("foo")
                            .getStreamState()
                            .getMsgCount())
                    .isEqualTo(2);
            return reserves(home);
        } finally {
            processes(home).forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** The walkthrough's, with ports and stores of its own. */
    private static Path topology(Path home, String version, String lifecycle) throws IOException {
        String text = Files.readString(Path.of("topologies/stretch.yaml"))
                .replaceAll("\\b42(\\d\\d)\\b", "181$1")
                .replaceAll("\\b82(\\d\\d)\\b", "182$1")
                .replace("store_dir: ./{server}", "store_dir: \"" + home + "/stores/{server}\"")
                .replace("server_version: 2.10.27", "server_version: " + version);
        return Files.writeString(home.resolve("stretch.yaml"), text + "\nlifecycle:\n" + lifecycle);
    }

    private static void good(Map<String, String> environment, String... words) {
        Stretchc ran = Stretchc.run(environment, words);
        assertThat(ran.code()).as(String.join(" ", words) + "\n" + ran).isZero();
    }

    private static Path script(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static SortedSet<String> reserves(Path home) {
        var found = new TreeSet<String>();
        processes(home)
                .flatMap(p -> Stream.of(p.info().arguments().orElse(new String[0])))
                .filter(a -> a.endsWith(".conf") && !a.contains("/servers/"))
                .map(a -> a.replaceAll("^.*/STRETCH/", ""))
                .forEach(found::add);
        return found;
    }

    /** Whatever runs with a configuration below the test's own directory. */
    private static Stream<ProcessHandle> processes(Path home) {
        return ProcessHandle.allProcesses()
                .filter(p -> Stream.of(p.info().arguments().orElse(new String[0]))
                        .anyMatch(a -> a.startsWith(home.toString())));
    }
}
