package io.stretchc.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.stretchc.snapshot.ConsumerState;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.StreamConfig;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@code stream_detail} of JSZ. */
final class StreamReader {
    private final CanonicalJson canonical = new CanonicalJson();

    /** What the server says of the stream; its account is not known here. */
    StreamReport read(ServerName server, JsonNode stream) {
        JsonNode configuration = stream.path("config");
        CanonicalJson.Text text = canonical.of(configuration);
        StreamConfig config = config(configuration, text.json());
        JsonNode state = stream.path("state");
        var copy = new StreamState.Copy(
                server,
                state.path("messages").asLong(),
                state.path("bytes").asLong(),
                state.path("first_seq").asLong(),
                state.path("last_seq").asLong());
        var consumers = new ArrayList<StreamReport.ConsumerReport>();
        boolean hides = text.hides();
        for (JsonNode consumer : stream.path("consumer_detail")) {
            CanonicalJson.Text own = canonical.of(consumer.path("config"));
            hides |= own.hides();
            consumers.add(consumer(server, consumer, own.json(), config.replicas()));
        }
        String name = stream.path("name").asText();
        JsonNode group = stream.path("cluster");
        return new StreamReport(
                "",
                name,
                server,
                leads(group, server),
                config,
                members(group, server, config.replicas()),
                copy,
                consumers,
                hides);
    }

    private static StreamReport.ConsumerReport consumer(
            ServerName server, JsonNode consumer, String json, int streamReplicas) {
        JsonNode config = consumer.path("config");
        int replicas = config.path("num_replicas").asInt();
        JsonNode group = consumer.path("cluster");
        var now = new ConsumerState.Now(
                server,
                consumer.path("delivered").path("stream_seq").asLong(),
                consumer.path("delivered").path("consumer_seq").asLong(),
                consumer.path("ack_floor").path("stream_seq").asLong(),
                consumer.path("ack_floor").path("consumer_seq").asLong(),
                consumer.path("num_pending").asLong(),
                consumer.path("num_ack_pending").asLong());
        return new StreamReport.ConsumerReport(
                consumer.path("name").asText(),
                config.path("durable_name").isTextual(),
                replicas,
                json,
                members(group, server, replicas == 0 ? streamReplicas : replicas),
                leads(group, server) ? now : null);
    }

    /** The configuration of a stream, or of an answer to STREAM.INFO. */
    static StreamConfig config(JsonNode config, String json) {
        JsonNode placement = config.path("placement");
        String cluster = placement.path("cluster").asText("");
        return new StreamConfig(
                config.path("num_replicas").asInt(),
                cluster.isEmpty() ? null : cluster,
                texts(placement.path("tags")),
                texts(config.path("subjects")),
                config.path("storage").asText(),
                config.path("retention").asText(),
                json);
    }

    /** A server outside any cluster says nothing of groups and leads all that it has. */
    private static boolean leads(JsonNode group, ServerName server) {
        return group.isMissingNode() || server.equals(GroupReader.leader(group));
    }

    private static List<Member> members(JsonNode group, ServerName server, int replicas) {
        return group.isMissingNode()
                ? List.of(new Member(server, server.peerId(), new Member.Now(true, false, 0, Duration.ZERO)))
                : GroupReader.members(group, server, replicas);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(t -> texts.add(t.asText()));
        return texts;
    }
}
