package io.stretchc.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself in any answer over the system account.
 *
 * @param version as it says
 * @param started none except in the answer to a ping
 */
record ServerAnswer(
        String id,
        ServerName name,
        String version,
        String cluster,
        @Nullable String domain,
        List<String> tags,
        boolean jetstream,
        @Nullable String started) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads an answer; none when it is not that of a nats-server. */
    static Optional<ServerAnswer> read(String text) {
        return tree(text).flatMap(t -> of(t.path("server"), t.path("statsz").path("start")));
    }

    static Optional<ServerAnswer> of(JsonNode server, JsonNode started) {
        String id = server.path("id").asText("");
        String name = server.path("name").asText(id);
        if (id.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        var tags = new ArrayList<String>();
        server.path("tags").forEach(t -> tags.add(t.asText()));
        return Optional.of(new ServerAnswer(
                id,
                new ServerName(name),
                server.path("ver").asText(""),
                server.path("cluster").asText(""),
                server.path("domain").isTextual() ? server.path("domain").asText() : null,
                tags,
                server.path("jetstream").asBoolean(false),
                started.isTextual() ? started.asText() : null));
    }

    /**
     * Whether an answer to a ping is that of a server by itself, in no cluster, without routes and gateways, which has heard
     * of no other in its system account; {@code active_servers} counts those, leaf nodes with them (2.9.10 to 2.15.1).
     */
    static boolean alone(String text) {
        return tree(text)
                .map(t -> t.path("server").path("cluster").asText("").isEmpty()
                        && t.path("statsz").path("active_servers").asInt() == 1
                        && t.path("statsz").path("routes").isEmpty()
                        && t.path("statsz").path("gateways").isEmpty())
                .orElse(false);
    }

    /** The text as JSON, if it is an object. */
    static Optional<JsonNode> tree(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            return tree != null && tree.isObject() ? Optional.of(tree) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Its version without what follows the three numbers, as in {@code 2.11.0-RC.1}. */
    Optional<ServerVersion> release() {
        return ServerVersion.parse(version.replaceFirst("[-+].*", ""));
    }

    /** As a message names it. */
    String label() {
        return "server " + name;
    }
}
