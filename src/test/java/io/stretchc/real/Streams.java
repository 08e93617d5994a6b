package io.stretchc.real;

import static org.awaitility.Awaitility.await;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.Placement;
import io.nats.client.api.Replica;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Streams of a test client. */
final class Streams {
    private Streams() {}

    /** Creates an R3 stream at a tag, as soon as the cluster can, and tells on which servers it lives. */
    static List<String> place(Client client, String name, @Nullable String tag) {
        var builder =
                StreamConfiguration.builder().name(name).subjects(name + ".*").replicas(3);
        if (tag != null) {
            builder.placement(Placement.builder().tags(tag).build());
        }
        StreamConfiguration stream = builder.build();
        StreamInfo info = await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptionsMatching(e -> e instanceof IOException || notReady(e))
                .until(
                        () -> client.connection().jetStreamManagement(patient()).addStream(stream),
                        i -> i.getClusterInfo() != null && i.getClusterInfo().getReplicas() != null);
        return servers(info);
    }

    /** The server that leads a stream, as soon as one does. */
    static String leader(Client client, String stream) {
        return await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(
                        () -> Objects.requireNonNull(client.connection()
                                        .jetStreamManagement()
                                        .getStreamInfo(stream)
                                        .getClusterInfo())
                                .getLeader(),
                        l -> l != null && !l.isEmpty());
    }

    private static boolean notReady(Throwable e) {
        return e instanceof JetStreamApiException api && api.getErrorCode() == 503;
    }

    private static JetStreamOptions patient() {
        return JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(10)).build();
    }

    /** Leader and replicas, sorted by name. */
    static List<String> servers(StreamInfo info) {
        var cluster = Objects.requireNonNull(info.getClusterInfo(), "a stream of a cluster");
        var replicas = Objects.requireNonNull(cluster.getReplicas(), "replicas");
        return List.copyOf(new TreeSet<>(
                Stream.concat(Stream.of(cluster.getLeader()), replicas.stream().map(Replica::getName))
                        .toList()));
    }
}
