package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A lab of the walkthrough's topology that has lost {@code us}, a plan to recover it, and {@code apply}: here, and as a
 * process that can be killed. The stream {@code foo} has {@link #messages()} messages, of which a ledger tells.
 */
final class Nights implements AutoCloseable {
    private final Path home;
    private final Map<String, String> environment = new TreeMap<>(System.getenv());
    private final Path topology;
    private final Path plan;
    private long messages;

    private Nights(Path home) throws IOException {
        this.home = home;
        this.topology = home.resolve("night.yaml");
        this.plan = home.resolve("plan.yaml");
        environment.put("STRETCHC_STATE", home.resolve("state").toString());
        Files.copy(Path.of("topologies/stretch.yaml"), topology);
    }

    /** A lab whose stream has messages on all of its replicas. */
    static Nights up(Path home, int ports, String version) throws IOException {
        var night = new Nights(home);
        night.good("lab", "up", night.topology(), "--ports", Integer.toString(ports), "--server-version", version);
        night.good(
                "lab",
                "load",
                night.topology(),
                "--streams",
                "none",
                "--stream",
                "foo",
                "--for",
                "1s",
                "--rate",
                "200",
                "--ledger",
                night.ledger());
        night.messages = night.stream()
                .path("now")
                .path("copies")
                .path(0)
                .path("last_sequence")
                .asLong();
        assertThat(night.messages).isGreaterThan(150);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> night.lastSequences().equals(List.of(night.messages, night.messages, night.messages)));
        return night;
    }

    /** The site dies, and a plan says what to do. */
    void lose() throws IOException {
        good("lab", "kill", "us");
        good("plan", "recover", "--lost", "us", topology(), "-o", plan.toString());
    }

    /** A command in this process. */
    Stretchc run(String... words) {
        return Stretchc.run(environment, words);
    }

    /** A command in this process that must do what it is told. */
    Stretchc good(String... words) {
        Stretchc ran = run(words);
        assertThat(ran.code()).as(String.join(" ", words) + "\n" + ran).isZero();
        return ran;
    }

    /** {@code apply} with all that it asks for, in this process. */
    Stretchc apply(String... more) throws IOException {
        return run(words(more).toArray(String[]::new));
    }

    /** {@code apply} with all that it asks for, as a process of its own. */
    Process start(String... more) throws IOException {
        return start(List.of(), more);
    }

    /** {@code apply} as what another command starts. */
    Process start(List<String> before, String... more) throws IOException {
        var command = new ArrayList<>(before);
        command.addAll(List.of("env", "--default-signal=INT")); // a shell gives background jobs SIGINT ignored
        command.add("./stretchc");
        command.addAll(words(more));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said().toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("STRETCHC_JAVA_OPTS", "-XX:-UsePerfData"); // a file as well, where files are limited
        return builder.start();
    }

    private List<String> words(String... more) throws IOException {
        var words = new ArrayList<>(List.of(
                "apply",
                plan.toString(),
                "--approve",
                id().substring(0, 12),
                "--attest-lost",
                "us",
                "--reason",
                "a test"));
        words.addAll(Arrays.asList(more));
        return words;
    }

    /** What processes of {@code apply} said. */
    Path said() {
        return home.resolve("said.txt");
    }

    /** Digits of the plan's id. */
    String id() throws IOException {
        return Files.readString(plan).replaceAll("(?s).*\nid: \"sha256:(\\w+)\".*", "$1");
    }

    String topology() {
        return topology.toString();
    }

    Path home() {
        return home;
    }

    Path plan() {
        return plan;
    }

    Path journal() {
        return home.resolve("plan.yaml.journal.jsonl");
    }

    private String ledger() {
        return home.resolve("ledger.jsonl").toString();
    }

    /** How many messages the stream has. */
    long messages() {
        return messages;
    }

    /** Whole lines of the journal. */
    List<JsonNode> entries() throws IOException {
        if (!Files.exists(journal())) {
            return List.of();
        }
        String text = Files.readString(journal(), StandardCharsets.UTF_8);
        var entries = new ArrayList<JsonNode>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1)) {
            if (!line.isEmpty()) {
                entries.add(SystemView.json(line));
            }
        }
        return entries;
    }

    /** Entries of a kind, as {@code EVENT STEP}. */
    List<String> events(String event) throws IOException {
        return entries().stream()
                .filter(e -> e.path("event").asText().equals(event))
                .map(e -> event + " " + e.path("step").asText())
                .toList();
    }

    /** The cluster as it is. */
    JsonNode observe() throws IOException {
        Path file = home.resolve("observed.json");
        good("observe", topology(), "-o", file.toString());
        return SystemView.json(Files.readString(file));
    }

    private JsonNode stream() throws IOException {
        return stream(observe());
    }

    private static JsonNode stream(JsonNode snapshot) {
        for (JsonNode s : snapshot.path("streams")) {
            if (s.path("name").asText().equals("foo")) {
                return s;
            }
        }
        return SystemView.json("{}");
    }

    private List<Long> lastSequences() throws IOException {
        return copies(stream(), "last_sequence");
    }

    private static List<Long> copies(JsonNode stream, String field) {
        var all = new ArrayList<Long>();
        stream.path("now").path("copies").forEach(c -> all.add(c.path(field).asLong()));
        return all;
    }

    /** What no refused command may change: who runs, who is a member, where streams live and what they hold. */
    String state() throws IOException {
        JsonNode snapshot = observe();
        JsonNode stream = stream(snapshot);
        return names(snapshot.path("servers")) + " "
                + names(snapshot.path("meta").path("members")) + " " + stream.path("config") + " "
                + names(stream.path("members")) + " " + stream.path("now").path("copies");
    }

    private static SortedSet<String> names(JsonNode list) {
        var names = new TreeSet<String>();
        list.forEach(n -> names.add(n.path("name").asText()));
        return names;
    }

    /** That the plan came to the end that it has when nothing happens, and that every message is on every replica. */
    void assertRecovered(List<String> members) throws IOException {
        assertThat(entries().get(entries().size() - 1).path("event").asText()).isEqualTo("finished");
        assertThat(entries().get(entries().size() - 1).path("broken")).isEmpty();
        JsonNode snapshot = observe();
        assertThat(names(snapshot.path("servers"))).containsExactlyElementsOf(members);
        assertThat(names(snapshot.path("meta").path("members"))).containsExactlyElementsOf(members);
        JsonNode stream = stream(snapshot);
        assertThat(stream.path("placement_tags").toString()).isEqualTo("[\"dc:2\"]");
        assertThat(names(stream.path("members"))).containsExactly("emea_1", "emea_2", "emea_3");
        assertThat(copies(stream, "last_sequence")).containsExactly(messages, messages, messages);
        assertThat(copies(stream, "messages")).containsExactly(messages, messages, messages);
        assertThat(good("lab", "audit", topology(), "--ledger", ledger()).out())
                .startsWith("0 acknowledged messages are lost");
        for (String step : new TreeSet<>(events("done"))) {
            String name = step.substring("done ".length());
            long removed = entries().stream()
                    .filter(e -> e.path("event").asText().equals("reply")
                            && e.path("step").asText().equals(name)
                            && name.startsWith("remove-")
                            && e.path("detail").asText().equals("success"))
                    .count();
            assertThat(removed).as(step).isLessThanOrEqualTo(1);
        }
    }

    /** Whatever a test leaves, this ends; only what has a configuration below the test's own directory. */
    @Override
    public void close() {
        ProcessHandle.allProcesses()
                .filter(p -> p.info()
                        .arguments()
                        .map(Stream::of)
                        .orElseGet(Stream::empty)
                        .anyMatch(a -> a.startsWith(home.toString())))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
