package io.stretchc.real;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Options;
import io.nats.client.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the servers say of themselves over the system account. */
final class SystemView implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration QUIET = Duration.ofMillis(400);

    private final Client client;

    private SystemView(Client client) {
        this.client = client;
    }

    /** Connects, waiting until a server is up. */
    static SystemView connect(Options options) {
        return new SystemView(Client.connect(options));
    }

    /** Asks all servers and collects answers until none came for a moment. */
    List<JsonNode> ask(String subject, String payload) {
        Connection connection = client.connection();
        String inbox = connection.createInbox();
        Subscription replies = connection.subscribe(inbox);
        try {
            connection.publish(subject, inbox, payload.getBytes(StandardCharsets.UTF_8));
            var all = new ArrayList<JsonNode>();
            Message message = replies.nextMessage(QUIET.multipliedBy(3));
            while (message != null) {
                all.add(JSON.readTree(message.getData()));
                message = replies.nextMessage(QUIET);
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new IllegalStateException("a server answered something that is not JSON", e);
        } finally {
            replies.unsubscribe();
        }
    }

    /** JetStream's view of the meta group of those servers that name themselves its leader. */
    List<JsonNode> metaLeaders() {
        return ask("$SYS.REQ.SERVER.PING.JSZ", "{}").stream()
                .filter(r -> r.path("data")
                        .path("meta_cluster")
                        .path("leader")
                        .asText()
                        .equals(r.path("server").path("name").asText()))
                .toList();
    }

    /** Names of the members that a leader's reply shows as current and online, itself included. */
    static List<String> members(JsonNode reply) {
        var names = new ArrayList<String>();
        names.add(reply.path("server").path("name").asText());
        for (JsonNode replica : reply.path("data").path("meta_cluster").path("replicas")) {
            if (replica.path("current").asBoolean() && !replica.path("offline").asBoolean()) {
                names.add(replica.path("name").asText());
            }
        }
        return names;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
