package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.backup.ArchiveFormat;
import io.stretchc.backup.BackupManifest;
import io.stretchc.backup.BackupManifest.Consumer;
import io.stretchc.backup.BackupManifest.FileSum;
import io.stretchc.backup.BackupManifest.Position;
import io.stretchc.backup.BackupManifest.State;
import io.stretchc.topology.ServerVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;

/**
 * Manifests of backups as files, see {@code schema/backup.schema.json}. A manifest ends in the hash of its own content, so
 * that one that was edited is told from one that was written: it decides what is taken for whole.
 */
public final class BackupCodec {
    /** Version of the format. */
    public static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    /** What came of reading a file. */
    public sealed interface Reading {
        /** A manifest, as it was written. */
        record Good(BackupManifest manifest) implements Reading {}

        /** Not one; why, as half a sentence. */
        record Bad(String why) implements Reading {}
    }

    /** The text of a manifest; the same manifest is always the same text. */
    public String text(BackupManifest manifest) {
        ObjectNode root = tree(manifest);
        root.put("fingerprint", fingerprint(root));
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    /** Reads a manifest; what was changed by hand, cut off or never was one is told. */
    public Reading read(String text) {
        try {
            if (!(JSON.readTree(text) instanceof ObjectNode root)) {
                return new Reading.Bad("is not JSON");
            }
            if (root.path("format").asInt() != FORMAT) {
                return new Reading.Bad("has a format that this stretchc does not know");
            }
            String says = root.path("fingerprint").asText();
            root.remove("fingerprint");
            if (!says.equals(fingerprint(root))) {
                return new Reading.Bad("was changed after it was written");
            }
            return new Reading.Good(manifest(root));
        } catch (JsonProcessingException | DateTimeException e) {
            return new Reading.Bad("is not what `stretchc backup` writes");
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            return new Reading.Bad("holds a value that no backup can have");
        }
    }

    private static ObjectNode tree(BackupManifest m) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("account", m.account());
        root.put("stream", m.stream());
        root.put("cluster", m.cluster());
        root.put("server_version", m.version().toString());
        root.put("archive", m.format().word());
        root.put("taken", m.taken().toString());
        root.putObject("state")
                .put("messages", m.state().messages())
                .put("bytes", m.state().bytes())
                .put("first_sequence", m.state().firstSequence())
                .put("last_sequence", m.state().lastSequence());
        root.put("live", m.live());
        ArrayNode files = root.putArray("files");
        m.files()
                .forEach(f -> files.addObject()
                        .put("name", f.name())
                        .put("bytes", f.bytes())
                        .put("sha256", f.sha256()));
        root.set("config", json(m.config()));
        ArrayNode consumers = root.putArray("consumers");
        m.consumers().forEach(c -> {
            ObjectNode node = consumers.addObject().put("name", c.name());
            position(node, "delivered", c.delivered());
            position(node, "ack_floor", c.ackFloor());
            node.set("config", json(c.config()));
        });
        return root;
    }

    private static void position(ObjectNode node, String key, Position p) {
        node.putObject(key).put("consumer", p.consumer()).put("stream", p.stream());
    }

    private static BackupManifest manifest(JsonNode root) {
        var files = new ArrayList<FileSum>();
        for (JsonNode f : root.path("files")) {
            files.add(new FileSum(
                    f.path("name").asText(),
                    f.path("bytes").asLong(),
                    f.path("sha256").asText()));
        }
        var consumers = new ArrayList<Consumer>();
        for (JsonNode c : root.path("consumers")) {
            consumers.add(new Consumer(
                    c.path("name").asText(),
                    position(c.path("delivered")),
                    position(c.path("ack_floor")),
                    c.path("config").toString()));
        }
        JsonNode state = root.path("state");
        return new BackupManifest(
                root.path("account").asText(),
                root.path("stream").asText(),
                root.path("cluster").asText(),
                ServerVersion.parse(root.path("server_version").asText()).orElseThrow(),
                ArchiveFormat.of(root.path("archive").asText()).orElseThrow(),
                Instant.parse(root.path("taken").asText()),
                new State(
                        state.path("messages").asLong(),
                        state.path("bytes").asLong(),
                        state.path("first_sequence").asLong(),
                        state.path("last_sequence").asLong()),
                root.path("live").asText(),
                files,
                root.path("config").toString(),
                consumers);
    }

    private static Position position(JsonNode node) {
        return new Position(node.path("consumer").asLong(), node.path("stream").asLong());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration is JSON", e);
        }
    }

    private static String fingerprint(ObjectNode root) {
        try {
            byte[] bytes = root.toString().getBytes(StandardCharsets.UTF_8);
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
