package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.ConsumerState;
import io.stretchc.snapshot.Gap;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.MetaGroup;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamConfig;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes a snapshot's keys in their order. */
final class SnapshotWriter {
    private final JsonGenerator json;
    private final @Nullable Ends ends;
    private final boolean whole;

    /**
     * What stands at both ends of a file.
     *
     * @param checksum of all that was written, asked for when all else is
     */
    record Ends(String fingerprint, Supplier<String> checksum) {}

    /**
     * A writer.
     *
     * @param ends of a whole file; none for just what the fingerprint covers
     */
    SnapshotWriter(JsonGenerator json, @Nullable Ends ends) {
        this.json = json;
        this.ends = ends;
        this.whole = ends != null;
    }

    void write(ClusterSnapshot snapshot) throws IOException {
        json.writeStartObject();
        json.writeNumberField("format", SnapshotCodec.FORMAT);
        text("fingerprint", ends == null ? null : ends.fingerprint());
        json.writeStringField("cluster", snapshot.cluster());
        text("domain", snapshot.domain());
        json.writeArrayFieldStart("servers");
        for (ServerState server : snapshot.servers()) {
            server(server);
        }
        json.writeEndArray();
        json.writeFieldName("meta");
        meta(snapshot.meta());
        json.writeArrayFieldStart("streams");
        for (StreamState stream : snapshot.streams()) {
            stream(stream);
        }
        json.writeEndArray();
        if (whole) {
            json.writeArrayFieldStart("gaps");
            for (Gap gap : snapshot.gaps()) {
                json.writeStartObject();
                json.writeStringField("subject", gap.subject());
                json.writeStringField("reason", gap.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (ends != null) {
            json.flush();
            json.writeStringField("checksum", ends.checksum().get());
        }
        json.writeEndObject();
    }

    private void server(ServerState server) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", server.name().text());
        json.writeStringField("peer", server.peer());
        json.writeStringField("version", server.version().toString());
        json.writeStringField("cluster", server.cluster());
        text("domain", server.domain());
        if (whole) {
            text("site", server.site() == null ? null : server.site().text());
        }
        texts("tags", server.tags());
        json.writeStringField("jetstream", Words.of(server.jetstream()));
        if (whole) {
            ServerState.Now now = server.now();
            json.writeObjectFieldStart("now");
            json.writeStringField("id", now.id());
            text("started", now.started());
            text("config_digest", now.configDigest());
            if (now.meta() != null) {
                json.writeObjectFieldStart("meta");
                name("leader", now.meta().leader());
                json.writeNumberField("cluster_size", now.meta().clusterSize());
                json.writeNumberField("quorum_needed", now.meta().quorumNeeded());
                json.writeBooleanField("rescue", now.meta().rescue());
                json.writeEndObject();
            }
            json.writeNumberField("storage", now.storage());
            json.writeNumberField("memory", now.memory());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void meta(MetaGroup meta) throws IOException {
        json.writeStartObject();
        json.writeNumberField("size", meta.size());
        members(meta.members());
        if (whole) {
            json.writeObjectFieldStart("now");
            name("leader", meta.now().leader());
            texts("claims", meta.now().claims().stream().map(ServerName::text).toList());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void members(List<Member> members) throws IOException {
        json.writeArrayFieldStart("members");
        for (Member member : members) {
            json.writeStartObject();
            name("name", member.name());
            json.writeStringField("peer", member.peer());
            if (whole) {
                json.writeObjectFieldStart("now");
                json.writeBooleanField("current", member.now().current());
                json.writeBooleanField("offline", member.now().offline());
                json.writeNumberField("lag", member.now().lag());
                json.writeNumberField("active_ns", member.now().active().toNanos());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void stream(StreamState stream) throws IOException {
        json.writeStartObject();
        json.writeStringField("account", stream.account());
        json.writeStringField("name", stream.name());
        config(stream.config());
        members(stream.members());
        json.writeArrayFieldStart("consumers");
        for (ConsumerState consumer : stream.consumers()) {
            if (whole || consumer.durable()) {
                consumer(consumer);
            }
        }
        json.writeEndArray();
        if (whole) {
            json.writeObjectFieldStart("now");
            if (stream.listed() != null) {
                json.writeBooleanField("listed", stream.listed());
            }
            name("leader", stream.now().leader());
            copies(stream.now().copies());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void config(StreamConfig config) throws IOException {
        json.writeNumberField("replicas", config.replicas());
        text("placement_cluster", config.placementCluster());
        texts("placement_tags", config.placementTags());
        texts("subjects", config.subjects());
        json.writeStringField("storage", config.storage());
        json.writeStringField("retention", config.retention());
        json.writeFieldName("config");
        json.writeRawValue(config.json());
    }

    private void consumer(ConsumerState consumer) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", consumer.name());
        json.writeBooleanField("durable", consumer.durable());
        json.writeNumberField("replicas", consumer.replicas());
        json.writeFieldName("config");
        json.writeRawValue(consumer.json());
        members(consumer.members());
        if (whole && consumer.now() != null) {
            ConsumerState.Now now = consumer.now();
            json.writeObjectFieldStart("now");
            json.writeStringField("leader", now.leader().text());
            json.writeNumberField("delivered", now.delivered());
            json.writeNumberField("delivered_consumer", now.deliveredConsumer());
            json.writeNumberField("ack_floor", now.ackFloor());
            json.writeNumberField("ack_floor_consumer", now.ackFloorConsumer());
            json.writeNumberField("pending", now.pending());
            json.writeNumberField("ack_pending", now.ackPending());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void copies(List<StreamState.Copy> copies) throws IOException {
        json.writeArrayFieldStart("copies");
        for (StreamState.Copy copy : copies) {
            json.writeStartObject();
            json.writeStringField("server", copy.server().text());
            json.writeNumberField("messages", copy.messages());
            json.writeNumberField("bytes", copy.bytes());
            json.writeNumberField("first_sequence", copy.firstSequence());
            json.writeNumberField("last_sequence", copy.lastSequence());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void name(String key, @Nullable ServerName name) throws IOException {
        text(key, name == null ? null : name.text());
    }

    private void text(String key, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(key, value);
        }
    }

    private void texts(String key, List<String> values) throws IOException {
        json.writeArrayFieldStart(key);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
