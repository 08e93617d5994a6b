package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two of the five servers of streams are killed at once. A fallback gives one stream two others, one after the other, and a
 * purge the other stream, when the topology does not have the dead ones any more. Until the meta leader takes the dead ones
 * for offline, 150 s to 240 s after the kill, both plans wait.
 */
@DisabledOnOs(OS.WINDOWS)
final class TwoDeadPeersIT {
    private static final int PORTS = 22_100;
    private static final int MESSAGES = 1000;
    private static final String LAB = "two-dead";
    private static final List<String> STREAMS = List.of("five", "other");

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    void theyLeaveOneAfterTheOther(String version, @TempDir Path home) throws Exception {
        String whole = topology(home.resolve("whole.yaml"), Set.of());
        try (var lab = BackupLab.up(home, whole, LAB, version, PORTS);
                Client client = lab.client()) {
            List<String> dead = filled(lab, client);
            Inventory before = Inventory.of(client, STREAMS, home.resolve("before"));
            lab.good("lab", "kill", dead.get(0), dead.get(1), "--lab", LAB);

            Path fallback = planned(lab, home, "fallback", "acc1/five", whole);
            assertThat(Files.readString(fallback))
                    .contains("id: remap-acc1-five\n", "id: \"remap-acc1-five~2\"\n", "kind: stream_current\n");
            apply(lab, fallback, whole);
            assertThat(lab.members("five", LAB)).hasSize(5).doesNotContainAnyElementsOf(dead);

            String without = topology(home.resolve("without.yaml"), new TreeSet<>(dead));
            Path purge = planned(lab, home, "purge", null, without);
            assertThat(Files.readString(purge))
                    .contains(
                            "off-acc1-other-" + dead.get(0), "off-acc1-other-" + dead.get(1), "kind: stream_current\n");
            apply(lab, purge, without);
            assertThat(lab.members("other", LAB)).hasSize(5).doesNotContainAnyElementsOf(dead);
            Stretchc left = lab.run("plan", "purge", without, "--lab", LAB);
            assertThat(left.code()).as(left.toString()).isZero();
            assertThat(left.err()).contains("Nothing to do: ");
            assertThat(Inventory.of(client, STREAMS, home.resolve("after")).differences(before))
                    .isEmpty();
        }
    }

    /** Minutes: until it can be given to nobody who is dead. */
    private static Path planned(
            BackupLab lab,
            Path home,
            String scenario,
            @org.jspecify.annotations.Nullable String stream,
            String topology) {
        Path plan = home.resolve(scenario + ".yaml");
        var words = new ArrayList<>(List.of("plan", scenario));
        if (stream != null) {
            words.addAll(List.of("--stream", stream));
        }
        words.addAll(List.of(topology, "--lab", LAB, "--detailed-exitcode", "-o", plan.toString()));
        await().atMost(Duration.ofMinutes(6))
                .pollInterval(Duration.ofSeconds(3))
                .untilAsserted(() -> {
                    Stretchc made = lab.run(words.toArray(String[]::new));
                    assertThat(made.code()).as(made.toString()).isEqualTo(3);
                });
        return plan;
    }

    private static void apply(BackupLab lab, Path plan, String topology) throws IOException {
        String id = Files.readString(plan).replaceAll("(?s).*\nid: \"sha256:(\\w+)\".*", "$1");
        lab.good("apply", plan.toString(), "--topology", topology, "--lab", LAB, "--approve", id);
    }

    /** Messages in both streams, and two servers that both are on: of eight, they share two at least. */
    private static List<String> filled(BackupLab lab, Client client) throws Exception {
        for (String stream : STREAMS) {
            for (int i = 0; i < MESSAGES; i++) {
                client.connection()
                        .jetStream()
                        .publish(stream + "." + i % 3, ("message " + i).getBytes(StandardCharsets.UTF_8));
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> lab.members("five", LAB).size() == 5
                        && lab.members("other", LAB).size() == 5);
        var both = new TreeSet<>(lab.members("five", LAB));
        both.retainAll(lab.members("other", LAB));
        return List.of(both.pollLast(), both.pollLast());
    }

    /** Eight servers over two sites without these, as those have a tag that streams can be placed by. */
    private static String topology(Path file, Set<String> without) throws IOException {
        var text = new StringBuilder();
        for (String line : Files.readAllLines(Path.of("topologies/stretch.yaml"))) {
            boolean emea3 = line.contains("{ name: emea_3, ");
            boolean us3 = line.contains("{ name: us_3, ");
            if (line.startsWith("placements:")) {
                text.append(line).append("\n  - { name: five, tags: [\"five:5\"] }\n");
            } else if (line.matches(" *- \\{ name: (emea|us)_[123], .*")) {
                append(text, line, without);
                if (emea3) {
                    append(
                            text,
                            line.replace("emea_3", "emea_7")
                                    .replace("4222", "4270")
                                    .replace("4242", "4271")
                                    .replace("8222", "8270"),
                            without);
                } else if (us3) {
                    append(
                            text,
                            line.replace("us_3", "us_7")
                                    .replace("4225", "4280")
                                    .replace("4245", "4281")
                                    .replace("8225", "8280"),
                            without);
                }
            } else if (line.contains("{ name: foo, ")) {
                STREAMS.forEach(s -> text.append("  - { name: " + s + ", account: acc1, subjects: [\"" + s
                        + ".*\"], replicas: 5, placement: five }\n"));
            } else if (without.stream().noneMatch(n -> line.contains("for: " + n + ","))) {
                text.append(line).append('\n');
            }
        }
        Files.writeString(file, text);
        return file.toString();
    }

    private static void append(StringBuilder text, String line, Set<String> without) {
        if (without.stream().noneMatch(n -> line.contains("name: " + n + ","))) {
            text.append(line.replace("tags: [", "tags: [\"five:5\", ")).append('\n');
        }
    }
}
