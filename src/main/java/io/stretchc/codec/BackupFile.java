package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.backup.BackupManifest.State;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code backup.json} of the {@code nats} CLI: what the server answered when the archive was begun, configuration
 * and state, and what it wants to be told when the stream is restored. What the server says is kept as it says it, also what
 * this program does not know.
 *
 * @param config JSON
 * @param state JSON
 */
public record BackupFile(String config, String state) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the answer to {@code STREAM.SNAPSHOT}, or such a file; nothing when it is neither. */
    public static Optional<BackupFile> read(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            return root != null
                            && root.path("config").isObject()
                            && root.path("config").path("name").isTextual()
                            && root.path("state").isObject()
                    ? Optional.of(new BackupFile(
                            root.path("config").toString(), root.path("state").toString()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The file, laid out as the CLI does. */
    public String text() {
        ObjectNode root = JSON.createObjectNode();
        root.set("config", tree(config));
        root.set("state", tree(state));
        var indent = new DefaultIndenter("  ", "\n");
        var printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(indent)
                .withArrayIndenter(indent);
        try {
            return JSON.writer(printer).writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is written", e);
        }
    }

    /** Name of the stream. */
    public String stream() {
        return tree(config).path("name").asText();
    }

    /** Replicas that it has; 1 where it does not say. */
    public int replicas() {
        return Math.max(1, tree(config).path("num_replicas").asInt(1));
    }

    /** Whether it is kept in memory, of which servers before 2.15 make no archive. */
    public boolean inMemory() {
        return tree(config).path("storage").asText().equals("memory");
    }

    /** Names of the streams that it takes messages from, as its configuration has them; a mirror has none. */
    public List<String> sources() {
        return StreamAnswer.sources(tree(config));
    }

    /** Counts. */
    public State counts() {
        return counts(tree(state));
    }

    static State counts(JsonNode state) {
        return new State(
                state.path("messages").asLong(),
                state.path("bytes").asLong(),
                state.path("first_seq").asLong(),
                state.path("last_seq").asLong());
    }

    /**
     * What {@code STREAM.RESTORE} takes.
     *
     * @param tags to place it by, instead of those that it had; empty to keep them
     * @param replicas 0 to keep them
     */
    public String request(List<String> tags, int replicas) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode wanted = (ObjectNode) tree(config);
        if (!tags.isEmpty()) {
            ObjectNode placement =
                    wanted.path("placement") instanceof ObjectNode has ? has : wanted.putObject("placement");
            var list = placement.putArray("tags");
            tags.forEach(list::add);
        }
        if (replicas > 0) {
            wanted.put("num_replicas", replicas);
        }
        root.set("config", wanted);
        root.set("state", tree(state));
        return root.toString();
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("it was JSON when it was read", e);
        }
    }
}
