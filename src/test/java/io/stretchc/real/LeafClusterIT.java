package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.JetStream;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backbone with two leaf clusters, from the committed files. */
@ExtendWith(FixedPorts.class)
final class LeafClusterIT {
    private static final Path OUT = Path.of("out/BACKBONE");

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.15", "2.15.1"})
    void threeMetaGroupsAndAClientInALeafPublishesToAHubStream(String version, @TempDir Path home) throws Exception {
        Path binary = Binaries.of(version);
        try (var hub = RealCluster.boot(binary, OUT, home);
                var shop = RealCluster.boot(binary, OUT.resolve("leafs/SHOP"), home);
                var plant = RealCluster.boot(binary, OUT.resolve("leafs/PLANT"), home);
                var hubView = admin(4520);
                var shopView = admin(4530);
                var plantView = admin(4535)) {
            hub.awaitMetaGroup(hubView, List.of("emea_1", "emea_2", "emea_3", "us_1", "us_2", "us_3"));
            shop.awaitMetaGroup(shopView, List.of("shop_1", "shop_2", "shop_3"));
            plant.awaitMetaGroup(plantView, List.of("plant_1", "plant_2", "plant_3"));

            try (var atHub = user(4520);
                    var inShop = user(4530);
                    var inPlant = user(4535)) {
                assertThat(Streams.place(atHub, "foo", "ha:1")).containsExactly("emea_1", "us_1", "us_2");
                assertThat(publish(inShop, "foo.shop").getStream()).isEqualTo("foo");
                assertThat(publish(inPlant, "foo.plant").getDomain()).isEqualTo("hub");
                assertThat(atHub.connection()
                                .jetStreamManagement()
                                .getStreamInfo("foo")
                                .getStreamState()
                                .getMsgCount())
                        .isEqualTo(2);
                assertThat(Streams.place(inShop, "local", null)).containsExactly("shop_1", "shop_2", "shop_3");
            }
        }
    }

    /** Publishes through the domain of the hub, as soon as the leaf connections carry its subjects. */
    private static PublishAck publish(Client leaf, String subject) throws IOException {
        JetStream hub = leaf.connection()
                .jetStream(JetStreamOptions.builder().domain("hub").build());
        byte[] text = subject.getBytes(StandardCharsets.UTF_8);
        var once = io.nats.client.PublishOptions.builder().messageId(subject).build();
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> hub.publish(subject, text, once), ack -> !ack.hasError());
    }

    private static SystemView admin(int port) {
        return SystemView.connect(RealCluster.client("nats://127.0.0.1:" + port)
                .userInfo("admin", "stretch")
                .build());
    }

    private static Client user(int port) {
        return Client.connect(RealCluster.client("nats://127.0.0.1:" + port)
                .userInfo("acc1", "stretch")
                .build());
    }
}
