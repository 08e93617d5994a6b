package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walkthrough's cluster, from the committed files, on servers of four generations. */
@ExtendWith(FixedPorts.class)
final class StretchClusterIT {
    private static final Path OUT = Path.of("out/STRETCH");
    private static final List<String> SIX = List.of("emea_1", "emea_2", "emea_3", "us_1", "us_2", "us_3");

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.12.15", "2.15.1"})
    void formsOneMetaGroupAndPlacesStreamsWhereTheTagsSay(String version, @TempDir Path home) throws Exception {
        var admin = RealCluster.client("nats://127.0.0.1:4220", "nats://127.0.0.1:4221")
                .userInfo("admin", "stretch")
                .build();
        var user = RealCluster.client("nats://127.0.0.1:4220", "nats://127.0.0.1:4223")
                .userInfo("acc1", "stretch")
                .build();
        try (var cluster = RealCluster.boot(Binaries.of(version), OUT, home);
                var view = SystemView.connect(admin);
                var client = Client.connect(user)) {
            JsonNode leader = cluster.awaitMetaGroup(view, SIX);

            assertThat(leader.path("server").path("ver").asText()).isEqualTo(version);
            assertThat(leader.path("data")
                            .path("meta_cluster")
                            .path("cluster_size")
                            .asInt())
                    .isEqualTo(6);
            assertThat(leader.path("data").path("config").path("domain").asText())
                    .isEqualTo("hub");
            RealCluster.awaitTags(view, tags());
            assertThat(Streams.place(client, "foo", "ha:1")).containsExactly("emea_1", "us_1", "us_2");
            assertThat(Streams.place(client, "bar", "ha:2")).containsExactly("emea_2", "emea_3", "us_3");
            assertThat(Streams.place(client, "baz", "dc:2")).containsExactly("emea_1", "emea_2", "emea_3");
            assertThat(Streams.place(client, "qux", "region:us")).containsExactly("us_1", "us_2", "us_3");

            cluster.start("arbiters/emea_4.conf");
            cluster.awaitMetaGroup(view, List.of("emea_1", "emea_2", "emea_3", "emea_4", "us_1", "us_2", "us_3"));
        }
    }

    private static Map<String, List<String>> tags() {
        var tags = new TreeMap<String, List<String>>();
        SIX.forEach(name -> {
            boolean us = name.startsWith("us");
            boolean first = List.of("emea_1", "us_1", "us_2").contains(name);
            tags.put(
                    name,
                    List.of(
                            us ? "region:us" : "region:emea",
                            "unique:" + name,
                            us ? "dc:1" : "dc:2",
                            first ? "ha:1" : "ha:2"));
        });
        return tags;
    }
}
