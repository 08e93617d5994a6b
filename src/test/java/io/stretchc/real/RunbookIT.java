package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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
    private static final Pattern START = Pattern.compile("as (\\S+): start `nats-server ");
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
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    @Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPersonWithTheRunbookRecovers(String version) throws Exception {
        assumeTrue(NatsCli.find().isPresent(), "no nats CLI on PATH, and STRETCHC_NATS_CLI names none");
        stretchc(0, "lab", "up", STRETCH, "--server-version", version, "--ports", "17950");
        contexts();
        try (var client = Client.connect(env("--account", "acc1").options())) {
            for (int i = 1; i <= 5; i++) {
                client.connection().jetStream().publish("foo." + i, ("test" + i).getBytes(StandardCharsets.UTF_8));
            }
        }
        stretchc(0, "lab", "kill", "us");
        String plan = home.resolve("plan.yaml").toString();
        stretchc(0, "plan", "recover", "--lost", "us", STRETCH, "-o", plan);
        Path runbook = Files.writeString(
                home.resolve("plan.sh"),
                stretchc(0, "show", plan, "--format", "shell").out());

        String said = follow(runbook);

        assertThat(said).contains("== Done.");
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

    /** Runs it to its end, doing what it asks for. */
    private String follow(Path runbook) throws IOException {
        Path nats = NatsCli.find().orElseThrow().toAbsolutePath();
        var builder = new ProcessBuilder("sh", runbook.toString())
                .directory(home.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(k -> k.startsWith("NATS_"));
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        builder.environment().put("PATH", nats.getParent() + ":" + System.getenv("PATH"));
        Process process = builder.start();
        var said = new StringBuilder();
        int from = 0;
        try (InputStream in = process.getInputStream()) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                said.append((char) b);
                if (said.length() >= from + ASKED.length() && said.indexOf(ASKED, from) >= 0) {
                    act(said.substring(from));
                    from = said.length();
                    process.getOutputStream().write("done\n".getBytes(StandardCharsets.US_ASCII));
                    process.getOutputStream().flush();
                }
            }
            assertThat(process.waitFor()).as(said.toString()).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        return said.toString();
    }

    private void act(String request) {
        var start = START.matcher(request);
        if (start.find()) {
            stretchc(0, "lab", "run", "arbiter", start.group(1));
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
