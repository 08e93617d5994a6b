package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters over three sites, from the committed files. */
final class SpreadClusterIT {
    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.15", "2.15.1"})
    void precomputedTagsPutEveryStreamIntoThreeRegionsAndThreeZones(String version, @TempDir Path home)
            throws Exception {
        var members = List.of("us_a", "us_b", "us_c", "eu_a", "eu_b", "eu_c", "ap_a", "ap_b", "ap_c");
        var admin = RealCluster.client("nats://127.0.0.1:4420").userInfo("admin", "stretch");
        var user = RealCluster.client("nats://127.0.0.1:4420").userInfo("app", "stretch");
        try (var cluster = RealCluster.boot(Binaries.of(version), Path.of("out/GLOBE"), home);
                var view = SystemView.connect(admin.build());
                var client = Client.connect(user.build())) {
            cluster.awaitMetaGroup(view, members);

            for (String tag : List.of("cross:1", "cross:2", "cross:3")) {
                List<String> servers = Streams.place(client, tag.replace(':', '_'), tag);
                assertThat(servers)
                        .extracting(s -> s.substring(0, 2))
                        .as("regions of " + tag)
                        .containsExactlyInAnyOrder("ap", "eu", "us");
                assertThat(servers)
                        .extracting(s -> s.substring(3))
                        .as("zones of " + tag)
                        .containsExactlyInAnyOrder("a", "b", "c");
            }
        }
    }

    @Test
    void theLossOfAnyOneOfThreeSitesLeavesTheMetaGroupWithALeader(@TempDir Path home) throws Exception {
        var admin = RealCluster.client("nats://127.0.0.1:4322", "nats://127.0.0.1:4323")
                .userInfo("admin", "stretch");
        var user = RealCluster.client("nats://127.0.0.1:4322").userInfo("app", "stretch");
        try (var cluster = RealCluster.boot(Binaries.of("2.12.15"), Path.of("out/TRIAD"), home);
                var view = SystemView.connect(admin.build());
                var client = Client.connect(user.build())) {
            cluster.awaitMetaGroup(view, List.of("east_1", "east_2", "west_1", "west_2", "witness_1"));
            assertThat(Streams.place(client, "before", "spread:1")).containsExactly("east_1", "west_1", "witness_1");

            cluster.kill("east_1");
            cluster.kill("east_2");

            String leader = cluster.awaitLeaderAmong(view, List.of("west_1", "west_2", "witness_1"));
            assertThat(leader).isNotEqualTo("east_1").isNotEqualTo("east_2");
            cluster.awaitPublish(client, "before.1");
        }
    }
}
