package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.api.Placement;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stream that the topology does not declare, of which no copy is left: nobody lists it when the recovery is planned, and
 * the removals bring it back empty on a survivor that has its tags.
 */
@Tag("long")
final class UnlistedStreamsIT {
    private static final int PORTS = 17_800;

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    void nothingIsGivenUpThatTheBillDoesNotName(String version, @TempDir Path home) throws Exception {
        try (Nights night = Nights.up(home, PORTS, version)) {
            // of the servers with its tag only us_3 is there
            night.good("lab", "stop", "emea_2", "emea_3");
            hold(night);
            night.good("lab", "start", "emea_2", "emea_3");
            // a leader among the survivors goes on listing for up to 20 s
            night.lose();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                night.good(
                        "plan",
                        "recover",
                        "--lost",
                        "us",
                        night.topology(),
                        "-o",
                        night.plan().toString());
                assertThat(Files.readString(night.plan())).doesNotContain("alone");
            });

            Stretchc stopped = night.apply();

            assertThat(stopped.code()).as(stopped.toString()).isEqualTo(4);
            assertThat(stopped.err())
                    .contains("A stream of which no copy answers is not in this plan's bill", "`acc1/alone`")
                    .doesNotContain("remove-us_1: done");
            Path next = home.resolve("next.yaml");
            night.good("plan", "recover", "--lost", "us", night.topology(), "-o", next.toString());
            String text = Files.readString(next);
            assertThat(text).contains("stream: alone", "When the lost are removed it comes back EMPTY");
            String id = text.replaceAll("(?s).*\nid: \"sha256:(\\w{12}).*", "$1");
            Stretchc done =
                    night.good("apply", next.toString(), "--approve", id, "--attest-lost", "us", "--reason", "a test");
            assertThat(done.err()).contains("the stream `alone` of `acc1`, of which no copy was left, is there again");
            assertThat(night.good("plan", "recover", "--lost", "us", night.topology(), "-o", next.toString())
                            .err())
                    .contains("Nothing to do");
        }
    }

    private static void hold(Nights night) throws Exception {
        LabEnv acc1 = LabEnv.parse(night.good("lab", "env", "--account", "acc1").out());
        try (var client = Client.connect(acc1.options())) {
            var alone = StreamConfiguration.builder()
                    .name("alone")
                    .subjects("alone.>")
                    .placement(Placement.builder().tags("ha:2").build())
                    .build();
            // one of those that were stopped may have led the meta group
            await().atMost(Duration.ofSeconds(40))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> client.connection().jetStreamManagement().addStream(alone) != null);
            client.connection().jetStream().publish("alone.1", "x".getBytes(StandardCharsets.UTF_8));
        }
    }
}
