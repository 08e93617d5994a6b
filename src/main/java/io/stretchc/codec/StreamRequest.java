package io.stretchc.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.topology.Age;
import io.stretchc.topology.Bytes;
import io.stretchc.topology.StreamSpec;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A declared stream as the JetStream API takes it, in {@code STREAM.CREATE} and {@code STREAM.UPDATE}. What the topology
 * leaves out is left out here as well, so that the server's own default holds.
 */
public final class StreamRequest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StreamRequest() {}

    /**
     * The request.
     *
     * @param tags of the placement; empty for anywhere
     */
    public static String of(StreamSpec stream, List<String> tags) {
        ObjectNode root = JSON.createObjectNode();
        StreamSpec.Config c = stream.config();
        root.put("name", stream.name().text());
        text(root, "description", c.description());
        if (!c.subjects().isEmpty()) {
            c.subjects().forEach(root.putArray("subjects")::add);
        }
        root.put("retention", c.retention());
        root.put("storage", c.storage());
        root.put("discard", c.discard());
        root.put("num_replicas", stream.replicas());
        number(root, "max_msgs", c.maxMsgs());
        number(root, "max_bytes", count(c.maxBytes()));
        number(root, "max_age", nanos(c.maxAge()));
        number(root, "max_msgs_per_subject", c.maxMsgsPerSubject());
        number(root, "max_msg_size", count(c.maxMsgSize()));
        number(root, "max_consumers", c.maxConsumers());
        number(root, "duplicate_window", nanos(c.duplicateWindow()));
        number(root, "first_seq", c.firstSeq());
        truth(root, "discard_new_per_subject", c.discardNewPerSubject());
        truth(root, "allow_direct", c.allowDirect());
        truth(root, "mirror_direct", c.mirrorDirect());
        truth(root, "allow_rollup_hdrs", c.allowRollup());
        truth(root, "deny_delete", c.denyDelete());
        truth(root, "deny_purge", c.denyPurge());
        truth(root, "no_ack", c.noAck());
        if (!c.compression().isEmpty() && !c.compression().equals("none")) {
            root.put("compression", c.compression());
        }
        if (!tags.isEmpty()) {
            ArrayNode list = root.putObject("placement").putArray("tags");
            tags.forEach(list::add);
        }
        origins(root, c);
        rewrites(root, c);
        if (!c.metadata().isEmpty()) {
            ObjectNode metadata = root.putObject("metadata");
            c.metadata().forEach(metadata::put);
        }
        return root.toString();
    }

    private static void origins(ObjectNode root, StreamSpec.Config c) {
        if (c.mirror() != null) {
            root.set("mirror", origin(c.mirror()));
        }
        if (!c.sources().isEmpty()) {
            ArrayNode sources = root.putArray("sources");
            c.sources().forEach(s -> sources.add(origin(s)));
        }
    }

    private static void rewrites(ObjectNode root, StreamSpec.Config c) {
        if (c.republish() != null) {
            ObjectNode republish = rewrite(c.republish());
            truth(republish, "headers_only", c.republishHeadersOnly());
            root.set("republish", republish);
        }
        if (c.subjectTransform() != null) {
            root.set("subject_transform", rewrite(c.subjectTransform()));
        }
    }

    private static ObjectNode rewrite(StreamSpec.Rewrite r) {
        ObjectNode node = JSON.createObjectNode();
        text(node, "src", r.src());
        node.put("dest", r.dest());
        return node;
    }

    private static ObjectNode origin(StreamSpec.Origin o) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", o.name());
        number(node, "opt_start_seq", o.startSeq());
        text(node, "opt_start_time", o.startTime());
        text(node, "filter_subject", o.filterSubject());
        if (o.domain() != null) {
            node.putObject("external").put("api", "$JS." + o.domain() + ".API").put("deliver", "");
        }
        return node;
    }

    private static void text(ObjectNode node, String key, @Nullable String value) {
        if (value != null) {
            node.put(key, value);
        }
    }

    private static void number(ObjectNode node, String key, @Nullable Long value) {
        if (value != null) {
            node.put(key, value);
        }
    }

    private static void truth(ObjectNode node, String key, boolean value) {
        if (value) {
            node.put(key, true);
        }
    }

    private static @Nullable Long count(@Nullable Bytes bytes) {
        return bytes == null ? null : (Long) bytes.count();
    }

    private static @Nullable Long nanos(@Nullable String age) {
        return age == null
                ? null
                : Age.parse(age)
                        .map(a -> a.nanoseconds()
                                .setScale(0, RoundingMode.HALF_UP)
                                .longValue())
                        .orElse(null);
    }
}
