package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A topology as local servers: up, hurt, seen, down, and nothing left of it. */
final class LabIT {
    private static final String STRETCH = "topologies/stretch.yaml";
    private static final int FIRST = 19_000;

    @TempDir
    private Path home = Path.of("");

    private Stretchc lab(String... words) {
        return stretchc(Stream.concat(Stream.of("lab"), Stream.of(words)).toArray(String[]::new));
    }

    private Stretchc stretchc(String... words) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("STRETCHC_STATE", home.toString());
        return Stretchc.run(environment, words);
    }

    private Stretchc up(String... more) {
        return lab(Stream.concat(Stream.of("up", STRETCH, "--ports", Integer.toString(FIRST)), Stream.of(more))
                .toArray(String[]::new));
    }

    /** Whatever a test leaves, this ends; only what has a configuration below the test's own directory. */
    @AfterEach
    void down() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(p ->
                        p.info().arguments().stream().flatMap(Stream::of).anyMatch(a -> a.startsWith(home.toString())))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"2.9.10", "2.10.27", "2.12.15", "2.15.1"})
    void aTopologyRunsIsHurtIsSeenAndEndsWithoutATrace(String version) throws Exception {
        Stretchc up = up("--server-version", version);
        assertThat(up.code()).as(up.err()).isZero();
        assertThat(up.err()).contains("ready, in ");
        assertThat(up.out()).contains("us_3    server  us    " + version);
        assertThat(processes()).hasSize(6);
        // a new leader may step down once more in its first seconds
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(stretchc("observe", STRETCH).err())
                        .contains("6 servers, meta leader", "of 6 members, 1 stream (1 with a leader), 0 gaps"));

        assertThat(lab("kill", "us").out()).isEqualTo("killed: us_1, us_2, us_3\n");
        assertThat(processes()).hasSize(3);
        assertThat(stretchc("observe", STRETCH).err()).contains("did not answer: `us_1`, `us_2`, `us_3`");
        assertThat(lab("kill", "us").out()).isEqualTo("none of them ran\n");

        Stretchc start = lab("start", "us");
        assertThat(start.code()).as(start.err()).isZero();
        assertThat(start.out()).isEqualTo("started: us_1, us_2, us_3\n");
        // a leader that lost its followers for a moment may step down though they are back
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() ->
                        assertThat(stretchc("observe", STRETCH).err()).contains("1 stream (1 with a leader), 0 gaps"));

        assertThat(up("--server-version", version).code()).isZero();
        assertThat(lab("down").out()).isEqualTo("lab STRETCH: 6 processes ended, all of it deleted\n");
        assertThat(processes()).isEmpty();
        assertThat(home.resolve("lab/STRETCH")).doesNotExist();
        for (int port = FIRST; port < FIRST + 30; port++) {
            try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(free.isBound()).isTrue();
            }
        }
    }

    @Test
    void eachServerAndSiteMayRunAReleaseOfItsOwn() {
        Stretchc up = up("--server-version", "2.10.27", "--server-version", "us=2.15.1", "--no-streams");
        assertThat(up.code()).as(up.err()).isZero();
        assertThat(up.out()).contains("emea_1  server  emea  2.10.27", "us_1    server  us    2.15.1");
        assertThat(stretchc("observe", STRETCH).err()).contains("different versions: 2.10.27, 2.15.1.");
        assertThat(lab("down").code()).isZero();
    }

    @Test
    void whatIsReadyForTheBadDayStartsAndNeverBesideWhomItReplaces() {
        assertThat(up("--no-streams").code()).isZero();
        assertThat(lab("run", "arbiter", "emea_4").out()).isEqualTo("started: emea_4\n");
        assertThat(stretchc("observe", STRETCH).err()).contains("7 servers");

        Stretchc wrong = lab("run", "stand-in", "us_1");
        assertThat(wrong.code()).isEqualTo(4);
        assertThat(wrong.err()).contains("`us_1` runs");
        assertThat(lab("run", "stand-in", "us_9").code()).isEqualTo(2);
        assertThat(lab("run", "arbiter", "emea_9").err()).contains("it has emea_4, emea_5, emea_6, us_4, us_5, us_6.");
        assertThat(lab("run", "witness", "emea_4").code()).isEqualTo(2);

        // a site that is lost takes its arbiters along
        assertThat(lab("kill", "emea").out()).isEqualTo("killed: emea_1, emea_2, emea_3, emea_4\n");
        assertThat(lab("down").code()).isZero();
    }

    @Test
    void aStoreIsWipedOnlyWhenItsServerIsGone() {
        assertThat(up().code()).isZero();
        Stretchc refused = lab("wipe", "us_1");
        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err()).contains("Server `us_1` runs", "stretchc lab kill us_1");
        Path store = home.resolve("lab/STRETCH/stores/STRETCH/servers/us_1");
        assertThat(store).isDirectory();

        assertThat(lab("kill", "us_1").code()).isZero();
        assertThat(lab("wipe", "us_1").out()).isEqualTo("wiped: us_1\n");
        assertThat(store).doesNotExist();
        Stretchc start = lab("start", "us_1");
        assertThat(start.code()).as(start.err()).isZero();
        assertThat(lab("stop", "us_1").out()).isEqualTo("stopped: us_1\n");
        assertThat(lab("logs", "us_1").out()).contains("== us_1 (server)");
        assertThat(lab("logs", "us_1", "--lines", "400").out()).contains("Entering lame duck mode");
    }

    @Test
    void labsOfOneTopologyLiveSideBySideAndAreNeverMistaken() {
        assertThat(up("--no-streams").code()).isZero();
        Stretchc taken = lab("up", STRETCH, "--name", "second", "--ports", "19010");
        assertThat(taken.code()).isEqualTo(4);
        assertThat(taken.err()).contains("is taken by another program", "--ports");
        Stretchc other = up("--server-version", "2.12.15");
        assertThat(other.code()).isEqualTo(4);
        assertThat(other.err()).contains("There is a lab `STRETCH` already", "stretchc lab down --lab STRETCH");

        assertThat(lab("down", "--lab", "second").err()).contains("There is no lab `second`");
        assertThat(lab("up", STRETCH, "--name", "second", "--ports", "19100", "--no-streams")
                        .code())
                .isZero();
        Stretchc which = lab("kill", "us");
        assertThat(which.code()).isEqualTo(2);
        assertThat(which.err()).contains("more than one lab, `STRETCH`, `second`", "--lab");
        assertThat(stretchc("observe", STRETCH).code()).isEqualTo(6);
        assertThat(stretchc("observe", STRETCH, "--lab", "second").code()).isZero();
        assertThat(lab("kill", "us", "--lab", "second").code()).isZero();
        assertThat(processes()).hasSize(9);
        assertThat(lab("down", "--lab", "second").out()).contains("3 processes ended");
        assertThat(lab("down").out()).contains("6 processes ended");
    }

    @Test
    void aLabWhoseStateIsDamagedEndsByNameAndKeepsNobodyElseFromWorking() throws IOException {
        assertThat(up("--no-streams").code()).isZero();
        assertThat(lab("up", STRETCH, "--name", "second", "--ports", "19100", "--no-streams")
                        .code())
                .isZero();
        Files.writeString(home.resolve("lab/second/lab.json"), "{");

        assertThat(lab("kill", "us_1").out()).isEqualTo("killed: us_1\n");
        Stretchc status = lab("status");
        assertThat(status.out()).contains("lab STRETCH: 5 servers run");
        assertThat(status.err()).contains("is of no use", "stretchc lab down --lab second");
        assertThat(lab("up", STRETCH, "--name", "second", "--ports", "19100").code())
                .isEqualTo(4);
        assertThat(lab("down", "--lab", "second").out()).contains("6 processes ended, all of it deleted");

        Files.delete(home.resolve("lab/STRETCH/lab.json"));
        Stretchc orphans = up();
        assertThat(orphans.code()).isEqualTo(4);
        assertThat(orphans.err()).contains("Servers of a former lab `STRETCH` run");
        assertThat(lab("down", "--lab", "STRETCH").out()).contains("5 processes ended");
        assertThat(processes()).isEmpty();
    }

    @Test
    void whatIsMistypedHurtsNobody() {
        assertThat(up("--no-streams").code()).isZero();
        Stretchc down = lab("down", "nope.yaml");
        assertThat(down.code()).isEqualTo(2);
        assertThat(down.err()).contains("There is no topology `nope.yaml`.");
        assertThat(lab("kill", "").code()).isEqualTo(2);
        assertThat(lab("kill", STRETCH).err()).contains("No server or site is named.");
        assertThat(processes()).hasSize(6);
        assertThat(lab("down", STRETCH).code()).isZero();
    }

    @Test
    void aServerIsNotHeldUpByOthersThatAreMeantToBeAway() {
        assertThat(up().code()).isZero();
        assertThat(lab("kill", "us,emea_2").code()).isZero();
        Stretchc alone = lab("start", "emea_2");
        assertThat(alone.code()).as(alone.err()).isZero();
        Stretchc enough = lab("start", "us_3");
        assertThat(enough.code()).as(enough.err()).isZero();
        assertThat(lab("down").code()).isZero();
    }

    /** Only a nats-server that was started with the configuration is a server of the lab. */
    @Test
    void aProcessThatOnlyNamesAConfigurationIsLeftAlone() throws IOException {
        assertThat(up("--no-streams").code()).isZero();
        Path configuration = home.resolve("lab/STRETCH/configuration/STRETCH/servers/us_1.conf");
        Process reader = new ProcessBuilder("tail", "-f", "-c", "1", configuration.toString()).start();
        try {
            assertThat(lab("kill", "us_1").code()).isZero();
            assertThat(lab("down").out()).contains("5 processes ended");
            assertThat(reader.isAlive()).isTrue();
        } finally {
            reader.destroyForcibly();
        }
    }

    @Test
    void noSecretStandsAnywhereButInTheStateThatOnlyItsOwnerReads() throws IOException {
        assertThat(up("--no-streams").code()).isZero();
        Path state = home.resolve("lab/STRETCH/lab.json");
        String password = Files.readString(state).replaceAll("(?s).*\"password\" : \"(\\w+)\".*", "$1");
        assertThat(password).hasSizeGreaterThan(20);
        assertThat(Files.getPosixFilePermissions(state)).hasSize(2);
        assertThat(lab("kill", "us,emea").code()).isZero(); // nothing changes while it is read
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(f -> !f.equals(state))
                    .toList()) {
                assertThat(Files.readAllBytes(file))
                        .as(file.toString())
                        .asString(java.nio.charset.StandardCharsets.ISO_8859_1)
                        .doesNotContain(password);
            }
        }
        assertThat(lab("status", "--format", "json").out()).doesNotContain(password);
        assertThat(lab("down").code()).isZero();
    }

    @Test
    void aServerThatDoesNotComeUpIsSaidWithItsLastWords() throws IOException {
        Path topology = home.resolve("broken.yaml");
        Files.writeString(
                topology,
                Files.readString(Path.of(STRETCH))
                        .replace("  http_base_path: /nats/dashboard", "  extra: { write_deadline: soon }"));
        Stretchc up = lab("up", topology.toString(), "--ports", "19200");
        assertThat(up.code()).isEqualTo(6);
        assertThat(up.err()).contains("has ended. The last lines of its log:", "write_deadline");
        assertThat(lab("down").code()).isZero();
    }
}
