package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.backup.BackupManifest.Consumer;
import io.stretchc.backup.BackupManifest.Position;
import io.stretchc.backup.BackupManifest.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers of the JetStream API about streams and consumers, as far as backups need them. */
public final class StreamAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StreamAnswer() {}

    /**
     * A stream by {@code STREAM.INFO}.
     *
     * @param leader empty when it has none, and on a server without cluster
     * @param current replicas that are, the leader with them
     * @param consumers how many it has
     * @param text state and configuration, to be compared
     */
    public record Info(State state, String leader, int replicas, int current, int consumers, String text) {
        /** Whether it has a leader and all its replicas, each of them current. */
        public boolean whole() {
            return current >= replicas;
        }
    }

    /** Reads {@code STREAM.INFO}; nothing when it is something else. */
    public static Optional<Info> info(String answer) {
        Optional<JsonNode> root = tree(answer).filter(r -> r.path("state").isObject());
        return root.map(r -> {
            JsonNode cluster = r.path("cluster");
            int current = 1;
            for (JsonNode replica : cluster.path("replicas")) {
                current += replica.path("current").asBoolean()
                                && !replica.path("offline").asBoolean()
                        ? 1
                        : 0;
            }
            boolean led =
                    !cluster.isObject() || !cluster.path("leader").asText().isEmpty();
            return new Info(
                    BackupFile.counts(r.path("state")),
                    cluster.path("leader").asText(),
                    Math.max(1, r.path("config").path("num_replicas").asInt(1)),
                    led ? current : 0,
                    r.path("state").path("consumer_count").asInt(),
                    r.path("state") + "\n" + r.path("config"));
        });
    }

    /**
     * A page of a list.
     *
     * @param total of all pages
     */
    public record Page<T>(List<T> items, int total) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /** Reads a page of {@code CONSUMER.LIST}. */
    public static Optional<Page<Consumer>> consumers(String answer) {
        return tree(answer).filter(r -> r.path("consumers").isArray()).map(r -> {
            var list = new ArrayList<Consumer>();
            for (JsonNode c : r.path("consumers")) {
                list.add(new Consumer(
                        c.path("name").asText(),
                        position(c.path("delivered")),
                        position(c.path("ack_floor")),
                        c.path("config").toString()));
            }
            return new Page<>(list, r.path("total").asInt());
        });
    }

    private static Position position(JsonNode node) {
        return new Position(
                node.path("consumer_seq").asLong(), node.path("stream_seq").asLong());
    }

    /** Reads a page of {@code STREAM.NAMES}. */
    public static Optional<Page<String>> names(String answer) {
        return tree(answer).filter(r -> !r.path("error").isObject()).map(r -> {
            var list = new ArrayList<String>();
            r.path("streams").forEach(s -> list.add(s.asText()));
            return new Page<>(list, r.path("total").asInt());
        });
    }

    /** A stream and the streams that it takes messages from; a mirror takes from none in this sense. */
    public record Taker(String stream, List<String> sources) {
        public Taker {
            sources = List.copyOf(sources);
        }
    }

    /** Reads a page of {@code STREAM.LIST}, as far as it says what takes from what. */
    public static Optional<Page<Taker>> takers(String answer) {
        return tree(answer).filter(r -> !r.path("error").isObject()).map(r -> {
            var list = new ArrayList<Taker>();
            for (JsonNode s : r.path("streams")) {
                list.add(new Taker(s.path("config").path("name").asText(), sources(s.path("config"))));
            }
            return new Page<>(list, r.path("total").asInt());
        });
    }

    static List<String> sources(JsonNode config) {
        var names = new ArrayList<String>();
        config.path("sources").forEach(s -> names.add(s.path("name").asText()));
        return names;
    }

    private static Optional<JsonNode> tree(String answer) {
        try {
            return Optional.ofNullable(JSON.readTree(answer));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
