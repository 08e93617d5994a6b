package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cut between two data centres: each side seen as it is, and one cluster again when it heals. */
final class PartitionIT {
    private static final String STRETCH = "topologies/stretch.yaml";

    @TempDir
    private Path home = Path.of("");

    private Stretchc stretchc(String... words) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("STRETCHC_STATE", home.toString());
        return Stretchc.run(environment, words);
    }

    @BeforeEach
    void onlyWhereNetworksCanBeMade() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                answers("ip", "netns", "add", "stretchc-probe") && answers("ip", "netns", "del", "stretchc-probe"),
                "network namespaces take Linux, iproute2 and root");
    }

    private static boolean answers(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void down() {
        stretchc("lab", "down");
    }

    @Test
    void bothSidesAreSeenAsTheyAreAndNothingAcknowledgedIsLost() throws Exception {
        cut("2.15.1");
    }

    @Test
    @Tag("long")
    void soAreTheyOnAnOlderRelease() throws Exception {
        cut("2.10.27");
    }

    private void cut(String version) throws Exception {
        Stretchc up = stretchc("lab", "up", STRETCH, "--netns", "--server-version", version);
        assertThat(up.code()).as(up.err()).isZero();
        String ledger = home.resolve("load.jsonl").toString();
        CompletableFuture<Stretchc> load = CompletableFuture.supplyAsync(() -> stretchc(
                "lab",
                "load",
                "--for",
                "40s",
                "--rate",
                "100",
                "--streams",
                "r3,kv",
                "--tag",
                "ha:1",
                "--ledger",
                ledger));
        await().atMost(Duration.ofSeconds(30))
                .ignoreException(NoSuchFileException.class)
                .untilAsserted(
                        () -> assertThat(Files.readString(Path.of(ledger))).contains("LOAD_R3", "\"entry\":\"ack\""));
        assertThat(stretchc("lab", "partition", "emea|us").code()).isZero();
        assertThat(stretchc("lab", "status").out()).contains("cut: emea_1, emea_2, emea_3 | us_1, us_2, us_3");

        // three of six on either side: neither can keep or elect a meta leader
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(from("10.213.", "1:4220").err())
                    .contains("3 servers, no meta leader", "did not answer: `us_1`, `us_2`, `us_3`");
            assertThat(from("10.213.", "4:4223").err())
                    .contains("3 servers, no meta leader", "did not answer: `emea_1`, `emea_2`, `emea_3`");
        });

        assertThat(stretchc("status", STRETCH).out().replaceAll("\\s+", " "))
                .contains("no meta quorum: 3 of 6 members answer", "`us` is not lost")
                .doesNotContain("plan recover");
        assertThat(stretchc("lab", "heal").code()).isZero();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(stretchc("observe", STRETCH).err())
                        .contains("6 servers, meta leader", "3 streams (3 with a leader), 0 gaps"));
        assertThat(load.get(3, TimeUnit.MINUTES).code()).isZero();
        Stretchc audit = stretchc("lab", "audit", "--ledger", ledger);
        assertThat(audit.code()).as(audit.out() + audit.err()).isZero();
        assertThat(audit.out()).startsWith("0 acknowledged messages are lost; every promise was kept.");
        Stretchc end = stretchc("lab", "down");
        assertThat(end.out()).contains("6 processes ended");
    }

    /** An observation from one server of the lab's network. */
    private Stretchc from(String network, String host) {
        String json = stretchc("lab", "status", "--format", "json").out();
        String number = json.replaceAll("(?s).*?nats://10\\.213\\.(\\d+)\\..*", "$1");
        String password = read().replaceAll("(?s).*\"password\" : \"(\\w+)\".*", "$1");
        return stretchc(
                "observe",
                STRETCH,
                "--server",
                "nats://" + network + number + "." + host,
                "--user",
                "stretchc-lab-SYS",
                "--password",
                password);
    }

    private String read() {
        try {
            return java.nio.file.Files.readString(home.resolve("lab/STRETCH/lab.json"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
