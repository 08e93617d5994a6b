package io.stretchc.observe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.stretchc.topology.ServerName;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server's answer to JSZ. Its streams, which can be many thousands, are handed on one by one and not kept.
 *
 * @param serverId of the server that answered; empty if it does not say
 * @param meta its view of the meta group; missing for a server outside any
 * @param accountsInAll accounts with JetStream on the server, of which an answer holds one page
 * @param accountsHere those of this answer
 * @param error what the server says instead of an answer
 */
record JetStreamAnswer(
        String serverId,
        boolean disabled,
        JsonNode meta,
        long storage,
        long memory,
        int accountsInAll,
        List<String> accountsHere,
        @Nullable String error) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads an answer of a server of this name. */
    static JetStreamAnswer read(String text, ServerName server, Consumer<StreamReport> streams) throws IOException {
        return read(new StringReader(text), server, streams);
    }

    static JetStreamAnswer read(Reader text, ServerName server, Consumer<StreamReport> streams) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            var draft = new Draft(parser, server, streams);
            draft.object(draft::top);
            return draft.answer();
        }
    }

    /** An answer that is being read. */
    private static final class Draft {
        private final JsonParser parser;
        private final ServerName server;
        private final Consumer<StreamReport> streams;
        private final StreamReader reader = new StreamReader();
        private final List<String> accounts = new ArrayList<>();
        private String serverId = "";
        private boolean disabled;
        private JsonNode meta = MissingNode.getInstance();
        private long storage;
        private long memory;
        private int inAll;
        private @Nullable String error;

        Draft(JsonParser parser, ServerName server, Consumer<StreamReport> streams) {
            this.parser = parser;
            this.server = server;
            this.streams = streams;
        }

        JetStreamAnswer answer() {
            return new JetStreamAnswer(serverId, disabled, meta, storage, memory, inAll, accounts, error);
        }

        private interface Field {
            void read(String name) throws IOException;
        }

        private void object(Field field) throws IOException {
            if (parser.currentToken() == null) {
                parser.nextToken();
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                field.read(name);
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("cut off");
            }
        }

        private void array(Field element) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                parser.skipChildren();
                return;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == null) {
                    throw new IOException("cut off");
                }
                element.read("");
            }
        }

        private JsonNode tree() throws IOException {
            JsonNode tree = parser.readValueAsTree();
            return tree == null ? MissingNode.getInstance() : tree;
        }

        private void top(String name) throws IOException {
            switch (name) {
                case "server" -> serverId = tree().path("id").asText("");
                case "data" -> object(this::data);
                case "error" -> {
                    JsonNode fault = tree();
                    error = fault.path("description").asText(fault.asText("an error"));
                }
                default -> parser.skipChildren();
            }
        }

        private void data(String name) throws IOException {
            switch (name) {
                case "disabled" -> disabled = tree().asBoolean();
                case "meta_cluster" -> meta = tree();
                case "storage" -> storage = tree().asLong();
                case "memory" -> memory = tree().asLong();
                case "accounts" -> inAll = tree().asInt();
                case "account_details" -> array(element -> account());
                default -> parser.skipChildren();
            }
        }

        private void account() throws IOException {
            var id = new String[] {"", ""};
            var held = new ArrayList<StreamReport>();
            object(name -> {
                switch (name) {
                    case "id" -> id[0] = tree().asText();
                    case "name" -> id[1] = tree().asText();
                    case "stream_detail" ->
                        array(element -> {
                            StreamReport stream = reader.read(server, tree());
                            if (id[0].isEmpty()) {
                                held.add(stream);
                            } else {
                                streams.accept(stream.in(id[0]));
                            }
                        });
                    default -> parser.skipChildren();
                }
            });
            String account = id[0].isEmpty() ? id[1] : id[0];
            accounts.add(account);
            held.forEach(s -> streams.accept(s.in(account)));
        }
    }
}
