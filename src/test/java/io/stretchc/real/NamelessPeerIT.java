package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stretchc.topology.ServerName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that the topology does not have holds a replica and dies, and then all others are restarted: nobody knows its name
 * any more. A purge removes it from the stream, the consumer and the meta group all the same.
 */
@DisabledOnOs(OS.WINDOWS)
final class NamelessPeerIT {
    private static final int PORTS = 22_700;
    private static final String LAB = "nameless";
    private static final String LAST =
            "      - { name: us_3, tags: [\"ha:2\"], ports: { client: 4225, cluster: 4245, monitor: 8225 } }\n";
    private static final String STRANGER =
            "      - { name: zz_9, tags: [\"ha:1\"], ports: { client: 4260, cluster: 4261, monitor: 8260 } }\n";
    private static final String ID = new ServerName("zz_9").peerId();

    /** No stream takes an id for its peer (400/10040): the removal from the meta group gives it another server. */
    @Test
    @Tag("long")
    void itGoesByTheRemovalFromTheMetaGroup(@TempDir Path home) throws Exception {
        assertThat(purged("2.10.27", home)).contains("remove-peer-" + ID).doesNotContain("off-acc1-foo-");
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"2.12.15", "2.15.1"})
    void theStreamLetsItGoFirstByItsId(String version, @TempDir Path home) throws Exception {
        assertThat(purged(version, home)).contains("off-acc1-foo-" + ID, "remove-peer-" + ID);
    }

    /** The plan, after it was carried out and found good. */
    private static String purged(String version, Path home) throws IOException {
        Path with = home.resolve("with.yaml");
        String topology = home.resolve("topology.yaml").toString();
        String text = Files.readString(Path.of("topologies/stretch.yaml"));
        Files.writeString(Path.of(topology), text);
        Files.writeString(with, text.replace(LAST, LAST + STRANGER));
        String plan = home.resolve("plan.yaml").toString();
        String ledger = home.resolve("ledger.jsonl").toString();
        try (var lab = BackupLab.up(home, with.toString(), LAB, version, PORTS)) {
            lab.good(("lab load --lab " + LAB + " --streams none --stream foo --for 1s --rate 200 --ledger " + ledger
                            + " " + with)
                    .split(" "));
            ontoTheStranger(lab);
            lab.good("lab", "kill", "zz_9", "--lab", LAB);
            lab.good("lab", "kill", "emea", "us", "--lab", LAB);
            lab.good("lab", "start", "emea_1", "emea_2", "emea_3", "us_1", "us_2", "us_3", "--lab", LAB);
            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
                Stretchc made = lab.run("plan", "purge", topology, "--lab", LAB, "-o", plan);
                assertThat(made.code()).as(made.toString()).isZero();
                assertThat(Files.readString(Path.of(plan))).contains(ID);
            });
            String id = Files.readString(Path.of(plan)).replaceAll("(?s).*\nid: \"sha256:(\\w+)\".*", "$1");

            lab.good("apply", plan, "--topology", topology, "--lab", LAB, "--approve", id);

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                Stretchc whole = lab.run("verify", topology, "--lab", LAB);
                assertThat(whole.code()).as(whole.toString()).isZero();
            });
            assertThat(lab.members("foo", LAB)).doesNotContain("zz_9", "").hasSize(3);
            assertThat(lab.good("lab", "audit", topology, "--lab", LAB, "--ledger", ledger)
                            .out())
                    .startsWith("0 acknowledged messages are lost");
            return Files.readString(Path.of(plan));
        }
    }

    /** Four servers match the stream's placement: if it is not on the stranger, one other leaves it. */
    private static void ontoTheStranger(BackupLab lab) throws IOException {
        if (!lab.members("foo", LAB).contains("zz_9")) {
            try (Client client = lab.client()) {
                client.connection()
                        .publish(
                                "$JS.API.STREAM.PEER.REMOVE.foo",
                                "{\"peer\":\"emea_1\"}".getBytes(StandardCharsets.UTF_8));
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> lab.members("foo", LAB).contains("zz_9"));
            }
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Stretchc whole = lab.run("verify", lab.topology(), "--lab", LAB);
            assertThat(whole.out()).as(whole.toString()).contains("holds   IV203");
        });
    }
}
