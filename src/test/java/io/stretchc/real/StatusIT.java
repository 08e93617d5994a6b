package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say of a real cluster in health and after the loss of a site. */
final class StatusIT {
    private static final int PORTS = 170;

    @ParameterizedTest
    @ValueSource(strings = "2.15.1")
    void namesTheStateOfARealCluster(String version, @TempDir Path home) throws Exception {
        try (var observed = ObservedCluster.boot(version, home, PORTS);
                var view = SystemView.connect(ObservedCluster.client(PORTS)
                        .userInfo("admin", "stretch")
                        .build());
                var user = Client.connect(ObservedCluster.client(PORTS)
                        .userInfo("acc1", "stretch")
                        .build())) {
            observed.cluster().awaitMetaGroup(view, ObservedCluster.SIX);
            Streams.place(user, "foo", "ha:1");
            String topology = observed.topology().toString();

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Stretchc healthy = status(topology, "--exit-code");
                assertThat(healthy.out()).contains("healthy: 6 of 6 servers answer");
                assertThat(healthy.code()).isZero();
            });

            String declared = declare(version, observed.topology());
            Path before = home.resolve("before.json");
            verifies(declared, view, user, version);
            assertThat(run("observe", topology, "-o", before.toString()).code()).isZero();
            assertThat(run("verify", declared, "--since", before.toString()).out())
                    .contains("holds   IV302", "holds   IV303");

            for (String name : List.of("us_1", "us_2", "us_3")) {
                observed.cluster().kill(name);
            }
            Stretchc lost = status(topology);
            assertThat(lost.code()).isZero();
            assertThat(lost.out())
                    .contains("no meta quorum: 3 of 6 members answer, 4 are needed")
                    .contains("us    0 of 3  preferred for the meta leader, nobody answers")
                    .contains("stretchc plan recover --lost us " + topology);
            assertThat(status(topology, "--exit-code").code()).isEqualTo(3);
            Stretchc broken = run("verify", declared, "--since", before.toString());
            assertThat(broken.code()).isEqualTo(3);
            assertThat(broken.out())
                    .contains("broken  IV106", "These do not answer: `us_1`, `us_2`, `us_3`.")
                    .contains("broken  IV204", "Nobody, or more than one, names itself leader; 1 of 3")
                    .contains("holds   IV302");

            forced(version, observed, view);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"2.10.27"})
    void soItDoesWhereAnArbiterHelps(String version, @TempDir Path home) throws Exception {
        namesTheStateOfARealCluster(version, home);
    }

    /** Quorum by the version's own means, and what the cluster is called then. */
    private static void forced(String version, ObservedCluster observed, SystemView view) throws Exception {
        String topology = observed.topology().toString();
        boolean rescue = version.equals("2.15.1");
        if (!rescue) {
            observed.cluster().start("arbiters/emea_4.conf");
        }
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    if (rescue) {
                        view.ask("$JS.API.META.RESCUE", "{\"quorum_needed\":3}");
                    }
                    assertThat(status(topology).out())
                            .contains(
                                    rescue
                                            ? "rescued: 3 of 6 members decide, by nature it takes 4; 3 answer."
                                            : "restoring: 3 of 6 servers answer, `emea_4` is there as an arbiter.");
                });
        assertThat(run("verify", topology).out()).contains(rescue ? "broken  IV104" : "broken  IV102");
    }

    @Test
    void warnsOfMixedVersions(@TempDir Path home) throws Exception {
        try (var observed = ObservedCluster.boot("2.10.27", home, PORTS);
                var view = SystemView.connect(ObservedCluster.client(PORTS)
                        .userInfo("admin", "stretch")
                        .build())) {
            observed.cluster().awaitMetaGroup(view, ObservedCluster.SIX);
            observed.cluster().kill("us_3");
            Path compiled = home.resolve("out/STRETCH");
            try (var newer = RealServer.start(Binaries.of("2.12.15"), compiled, "servers/us_3.conf", home, Map.of())) {
                await().atMost(Duration.ofSeconds(40))
                        .untilAsserted(() -> assertThat(
                                        status(observed.topology().toString()).out())
                                .contains("6 of 6 servers answer")
                                .contains("The servers run different versions: 2.10.27, 2.12.15."));
                assertThat(newer.alive()).isTrue();
                assertThat(run("verify", observed.topology().toString()).out())
                        .contains("broken  IV107", "server us_3: It runs nats-server 2.12.15");
            }
        }
    }

    /** The same topology, declared to run what it runs. */
    private static String declare(String version, Path topology) throws IOException {
        Path other = topology.resolveSibling("declared.yaml");
        Files.writeString(
                other, Files.readString(topology).replace("server_version: 2.10.27", "server_version: " + version));
        return other.toString();
    }

    /** Asks leaders to step down until they are at home, as the first election put them anywhere. */
    private static void verifies(String topology, SystemView view, Client user, String version) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    Stretchc run = run("verify", topology);
                    if (run.out().contains("meta group: `emea_")) {
                        view.ask("$JS.API.META.LEADER.STEPDOWN", "");
                    }
                    if (run.out().contains("stream acc1/foo: `emea_")) {
                        user.connection()
                                .request("$JS.API.STREAM.LEADER.STEPDOWN.foo", new byte[0], Duration.ofSeconds(5));
                    }
                    assertThat(run.code()).as(run.out() + run.err()).isZero();
                    assertThat(run.out()).contains("0 broken", "holds   IV209", "holds   IV201");
                    assertThat(run.out().contains("holds   IV108"))
                            .as("the digest is told and ours: " + run.out())
                            .isEqualTo(version.equals("2.15.1"));
                });
    }

    private static Stretchc status(String topology, String... more) {
        return run("status", topology, more);
    }

    private static Stretchc run(String command, String topology, String... more) {
        var words = new ArrayList<>(List.of(command, topology));
        words.addAll(List.of(more));
        return Stretchc.run(ObservedCluster.ENVIRONMENT, words.toArray(String[]::new));
    }
}
