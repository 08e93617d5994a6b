package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.codec.PlanCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The walkthrough of the documentation, done as it is written, on real servers. */
final class WalkthroughIT {
    private static final System.Logger LOG = System.getLogger(WalkthroughIT.class.getName());
    private static final Path DOCUMENT = Path.of("src/docs/walkthrough.md");
    private static final String UP = "lab up topologies/stretch.yaml";
    private static final Pattern APPROVED = Pattern.compile("apply (\\S+) --approve 3f2a9c1d07be");
    private static final Pattern STEPS = Pattern.compile("(\\w+\\.yaml): ((?:`[^`]+`(?:, )?)+)");

    @TempDir
    private Path home = Path.of("");

    /** Whatever the walkthrough leaves, this ends; only what has a configuration below the test's own directory. */
    @AfterEach
    void down() throws IOException {
        Files.deleteIfExists(home.resolve("stretchc"));
        Files.deleteIfExists(home.resolve("topologies"));
        ProcessHandle.allProcesses()
                .filter(p ->
                        p.info().arguments().stream().flatMap(Stream::of).anyMatch(a -> a.startsWith(home.toString())))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void everyCommandDoesWhatTheTextSays() throws Exception {
        Files.createSymbolicLink(home.resolve("stretchc"), Path.of("stretchc").toAbsolutePath());
        Files.createSymbolicLink(
                home.resolve("topologies"), Path.of("topologies").toAbsolutePath());
        boolean cli = NatsCli.find().isPresent();
        String document = Files.readString(DOCUMENT);
        List<Walkthrough.Block> blocks = Walkthrough.parse(document).blocks();
        assertThat(blocks).hasSizeGreaterThan(15);
        for (Walkthrough.Block block : blocks) {
            if (block.nats() && !cli) {
                LOG.log(System.Logger.Level.WARNING, "no nats CLI here; not run:\n" + block.script());
                publish(block.script());
            } else {
                block.check(block.nats() ? patiently(block) : run(block));
            }
        }
        stepsNamedAreThere(document);
    }

    /**
     * What the CLI does is done again when it hangs: the consumer of one {@code nats sub} in 80 was gone before the server
     * saw that somebody listens (2.10.27), and the CLI waits for ever. Those blocks only read, or publish at the very beginning.
     */
    private String patiently(Walkthrough.Block block) throws IOException, InterruptedException {
        Optional<String> output = Optional.empty();
        for (int tries = 0; tries < 3 && output.isEmpty(); tries++) {
            output = run(block, 40);
        }
        return output.orElseThrow(() -> new AssertionError(block.script() + "\nhangs again and again"));
    }

    private String run(Walkthrough.Block block) throws IOException, InterruptedException {
        return run(block, 150).orElseThrow(() -> new AssertionError(block.script() + "\nstill runs"));
    }

    /** What it printed; nothing when it did not end. */
    private Optional<String> run(Walkthrough.Block block, long seconds) throws IOException, InterruptedException {
        Path out = home.resolve("block.out");
        Path err = home.resolve("block.err");
        var builder = new ProcessBuilder("sh", "-eu", "-c", script(block.script()))
                .directory(home.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(k -> k.startsWith("NATS_"));
        environment.put("STRETCHC_STATE", home.resolve("state").toString());
        environment.put("XDG_CONFIG_HOME", home.toString());
        NatsCli.find()
                .ifPresent(
                        n -> environment.put("PATH", n.toAbsolutePath().getParent() + ":" + environment.get("PATH")));
        Process process = builder.start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        String output = Files.readString(out) + Files.readString(err);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            LOG.log(System.Logger.Level.WARNING, block.script() + "\nstill runs, and printed\n" + output);
            return Optional.empty();
        }
        assertThat(process.exitValue()).as("%s\n%s", block.script(), output).isEqualTo(block.exit());
        return Optional.of(output);
    }

    /** The script on ports of its own, with the id of the plan at hand where the text has its example. */
    private String script(String text) {
        return APPROVED.matcher(text.replace(UP, UP + " --ports 17900"))
                .replaceAll(m -> "apply " + m.group(1) + " --approve "
                        + plan(m.group(1)).id().substring("sha256:".length(), "sha256:".length() + 12));
    }

    private PlanCodec.Reading.Good plan(String file) {
        try (InputStream in = Files.newInputStream(home.resolve(file))) {
            return (PlanCodec.Reading.Good) new PlanCodec().read(in, 1 << 24);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void stepsNamedAreThere(String document) {
        var m = STEPS.matcher(document);
        int found = 0;
        while (m.find()) {
            List<String> steps = plan(m.group(1)).plan().steps().stream()
                    .map(s -> s.id().text())
                    .toList();
            List<String> named = Arrays.stream(m.group(2).split("`(?:, `)?"))
                    .filter(w -> !w.isBlank())
                    .toList();
            assertThat(steps).as(m.group()).containsAll(named);
            found += named.size();
        }
        assertThat(found).isGreaterThan(20);
    }

    /** What the {@code nats pub} of a block would have sent. */
    private void publish(String script) throws Exception {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("STRETCHC_STATE", home.resolve("state").toString());
        LabEnv lab = LabEnv.parse(
                Stretchc.run(environment, "lab", "env", "--account", "acc1").out());
        try (var client = Client.connect(lab.options())) {
            var m = Pattern.compile("nats pub (\\S+) \"(\\w+)\"").matcher(script);
            while (m.find()) {
                client.connection()
                        .jetStream()
                        .publish(m.group(1), m.group(2).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }
}
