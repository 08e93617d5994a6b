package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shell runbook of a plan, run with the real {@code nats} CLI, recovers a cluster too. The test is the person that it
 * asks. Skipped where there is no {@code nats}.
 */
final class RunbookIT {
    private static final String STRETCH = "topologies/stretch.yaml";
    private static final String ASKED = "Type done when it is: ";
    private static final Pattern START = Pattern.compile("as (\\S+): start `nats-server -c OUT/STRETCH/([a-z-]+)s/");
    private static final Pattern STOP = Pattern.compile("stop the nats-server process of (\\S+) on its host");

    @TempDir
    private Path home = Path.of("");

    /** Whatever a test leaves, this ends; only what has a configuration below the test's own directory. */
    @AfterEach
    void down() {
        ProcessHandle.allProcesses()
                .filter(p ->
                        p.info().arguments().stream().flatMap(Stream::of).anyMatch(a -> a.startsWith(home.toString())))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = "2.10.27")
    @Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPersonWithTheRunbookRecovers(String version) throws Exception {
        lab(version);
        stretchc(0, "lab", "kill", "us");

        assertThat(follow(runbook(), "")).contains("== Done.");

        JsonNode meta = new ObjectMapper()
                .readTree(stretchc(0, "status", STRETCH, "--format", "json").out())
                .path("meta");
        assertThat(meta.path("size").asInt()).as("%s", meta).isEqualTo(3);
        assertThat(meta.path("live").asInt()).isEqualTo(3);
        assertThat(stretchc(3, "verify", STRETCH).out())
                .contains(
                        "holds   IV101",
                        "holds   IV103",
                        "holds   IV104",
                        "holds   IV105",
                        "holds   IV201",
                        "holds   IV202",
                        "holds   IV203",
                        "holds   IV209");
        try (var client = Client.connect(env("--account", "acc1").options())) {
            var foo = client.connection().jetStreamManagement().getStreamInfo("foo");
            assertThat(Streams.servers(foo)).containsExactly("emea_1", "emea_2", "emea_3");
            assertThat(foo.getStreamState().getMsgCount()).isEqualTo(5);
            client.connection().jetStream().publish("foo.6", new byte[1]);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"2.15.1"})
    @Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void soItGoesWithARescue(String version) throws Exception {
        aPersonWithTheRunbookRecovers(version);
    }

    /** The stand-ins start when nobody leads the meta group any more, which the runbook waits for. */
    @Test
    @Tag("long")
    @Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void soItGoesWithStandIns() throws Exception {
        lab("2.12.15");
        stretchc(0, "lab", "kill", "us");

        assertThat(follow(runbook(), "")).contains("== Done.");

        fooIsWholeInEmea();
    }

    /** The meta leader survives its followers, and goes on naming itself: the runbook is run while it does. */
    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    @Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLeaderThatLostItsFollowersIsNotBelieved(String version) throws Exception {
        lab(version);
        leaderIn("emea");
        stretchc(0, "lab", "kill", "us");
        Path runbook = runbook();

        String said = follow(
                runbook,
                "",
                0,
                "== Count who answers",
                p -> assertThat(leader()).startsWith("emea"));

        assertThat(said).contains("== Done.");
        fooIsWholeInEmea();
    }

    private void fooIsWholeInEmea() throws Exception {
        try (var client = Client.connect(env("--account", "acc1").options())) {
            var foo = client.connection().jetStreamManagement().getStreamInfo("foo");
            assertThat(Streams.servers(foo)).containsExactly("emea_1", "emea_2", "emea_3");
            assertThat(foo.getStreamState().getMsgCount()).isEqualTo(5);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    @Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aMemberThatIsBackIsNotRemoved(String version) throws Exception {
        lab(version);
        stretchc(0, "lab", "kill", "us");

        String said = follow(runbook(), "", 5, "== Wait for a meta leader", p -> comesBack(p, "us_1"));

        assertThat(said).endsWith("stopped: us_1 answers: who answers is not removed\n");
        var members = new ArrayList<String>();
        observed()
                .path("meta")
                .path("members")
                .forEach(m -> members.add(m.path("name").asText()));
        assertThat(members).contains("us_1", "us_2", "us_3");
    }

    /**
     * Twice: what came back from the backup, and what was written since, is left the second time. What was written
     * to it instead is in the way.
     */
    @Test
    @Tag("long")
    @Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatWasLostComesBackFromItsBackup() throws Exception {
        lab("2.10.27");
        String backups = home.resolve("backups").toString();
        try (var client = Client.connect(env("--account", "acc1").options())) {
            assertThat(Streams.place(client, "usr3", "dc:1")).containsExactly("us_1", "us_2", "us_3");
            client.connection().jetStream().publish("usr3.1", new byte[1]);
            client.connection().jetStream().publish("usr3.2", new byte[1]);
            stretchc(0, "backup", STRETCH, "--out", backups);
            stretchc(0, "lab", "kill", "us");
            Path runbook = runbook("--backups", backups);

            assertThat(follow(runbook, backups)).contains("== Done.");
            await().ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> client.connection()
                                    .jetStream()
                                    .publish("usr3.3", new byte[1])
                                    .getSeqno()
                            == 3);
            assertThat(follow(runbook, backups)).contains("== Done.");

            var usr3 = client.connection().jetStreamManagement().getStreamInfo("usr3");
            assertThat(usr3.getStreamState().getMsgCount()).isEqualTo(3);
            assertThat(Streams.servers(usr3)).containsExactly("emea_1", "emea_2", "emea_3");

            client.connection().jetStreamManagement().deleteStream("usr3");
            Streams.place(client, "usr3", "dc:2");
            client.connection().jetStream().publish("usr3.1", new byte[1]);
            assertThat(follow(runbook, backups, 5, "", p -> {}))
                    .contains("stopped: it must hold before it that no server holds a message of the stream `usr3`");
            assertThat(client.connection()
                            .jetStreamManagement()
                            .getStreamInfo("usr3")
                            .getStreamState()
                            .getMsgCount())
                    .isEqualTo(1);
        }
    }

    /** A lab with five messages in foo, and the contexts of a person. */
    private void lab(String version) throws Exception {
        assumeTrue(NatsCli.find().isPresent(), "no nats CLI on PATH, and STRETCHC_NATS_CLI names none");
        stretchc(0, "lab", "up", STRETCH, "--server-version", version, "--ports", "17950");
        contexts();
        try (var client = Client.connect(env("--account", "acc1").options())) {
            for (int i = 1; i <= 5; i++) {
                client.connection().jetStream().publish("foo." + i, ("test" + i).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Hands the lead of the meta group on until it is in the site. */
    private void leaderIn(String site) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    if (leader().startsWith(site)) {
                        return true;
                    }
                    nats("server", "raft", "step-down", "-f");
                    return false;
                });
    }

    /** The server that names itself meta leader; nothing when none or more do. */
    private String leader() {
        try {
            return observed().path("meta").path("now").path("leader").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void nats(String... words) throws IOException, InterruptedException {
        LabEnv env = env();
        var command = new ArrayList<>(List.of(NatsCli.find().orElseThrow().toString(), "--no-context"));
        command.addAll(List.of("--server", env.urls(), "--user", env.user(), "--password", env.password()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    private Path runbook(String... more) throws IOException {
        String plan = home.resolve("plan.yaml").toString();
        stretchc(
                0,
                Stream.concat(Stream.of("plan", "recover", "--lost", "us", STRETCH, "-o", plan), Stream.of(more))
                        .toArray(String[]::new));
        return Files.writeString(
                home.resolve("plan.sh"),
                stretchc(0, "show", plan, "--format", "shell").out());
    }

    /** Runs it to its end, doing what it asks for. */
    private String follow(Path runbook, String backups) throws IOException {
        return follow(runbook, backups, 0, "", p -> {});
    }

    /**
     * Runs it to its end, doing what it asks for.
     *
     * @param code with which it is to end
     * @param when what it says when something happens, which is over when it goes on; nothing if it is empty
     */
    private String follow(Path runbook, String backups, int code, String when, Consumer<Process> happens)
            throws IOException {
        Path nats = NatsCli.find().orElseThrow().toAbsolutePath();
        var builder = new ProcessBuilder("sh", runbook.toString())
                .directory(home.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(k -> k.startsWith("NATS_"));
        if (!backups.isEmpty()) {
            builder.environment().put("BACKUPS", backups);
        }
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        builder.environment().put("PATH", nats.getParent() + ":" + System.getenv("PATH"));
        Process process = builder.start();
        var said = new StringBuilder();
        int from = 0;
        boolean happened = when.isEmpty();
        try (InputStream in = process.getInputStream()) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                said.append((char) b);
                if (!happened && said.indexOf(when) >= 0) {
                    happened = true;
                    happens.accept(process);
                }
                if (said.length() >= from + ASKED.length() && said.indexOf(ASKED, from) >= 0) {
                    act(said.substring(from));
                    from = said.length();
                    process.getOutputStream().write("done\n".getBytes(StandardCharsets.US_ASCII));
                    process.getOutputStream().flush();
                }
            }
            assertThat(process.waitFor()).as(said.toString()).isEqualTo(code);
            assertThat(happened).as(said.toString()).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        return said.toString();
    }

    /** A server of the lost site starts again while the script stands still. */
    private void comesBack(Process script, String server) {
        signal("STOP", script);
        stretchc(0, "lab", "start", server);
        await().atMost(Duration.ofSeconds(40)).until(() -> answering().contains(server));
        signal("CONT", script);
    }

    private static void signal(String name, Process process) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(code).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode observed() throws IOException {
        return new ObjectMapper().readTree(stretchc(0, "observe", STRETCH).out());
    }

    private List<String> answering() throws IOException {
        var names = new ArrayList<String>();
        observed().path("servers").forEach(s -> names.add(s.path("name").asText()));
        return names;
    }

    private void act(String request) {
        var start = START.matcher(request);
        if (start.find()) {
            stretchc(0, "lab", "run", start.group(2), start.group(1));
        }
        var stop = STOP.matcher(request);
        if (stop.find()) {
            stretchc(0, "lab", "kill", stop.group(1));
        }
    }

    private Stretchc stretchc(int code, String... words) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeIf(k -> k.startsWith("NATS_"));
        environment.put("STRETCHC_STATE", home.resolve("state").toString());
        Stretchc run = Stretchc.run(environment, words);
        assertThat(run.code())
                .as("%s\n%s\n%s", List.of(words), run.out(), run.err())
                .isEqualTo(code);
        return run;
    }

    /** The contexts that the topology names, as a person has them. */
    private void contexts() throws IOException {
        Path directory = Files.createDirectories(home.resolve("nats/context"));
        Files.writeString(directory.resolve("local-admin.json"), env().context());
        Files.writeString(
                directory.resolve("local.json"), env("--account", "acc1").context());
    }

    private LabEnv env(String... account) {
        return LabEnv.parse(stretchc(
                        0,
                        Stream.concat(Stream.of("lab", "env"), Stream.of(account))
                                .toArray(String[]::new))
                .out());
    }
}
