package io.stretchc.nats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.Status;
import io.stretchc.diag.Quote;
import io.stretchc.load.Answer;
import io.stretchc.load.Site;
import io.stretchc.load.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The connection of a site's writers. While there is none, messages are refused at once and not kept for later. */
final class JnatsLine implements Wire.Line {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Site site;
    private final Wire.Watcher watcher;
    private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
    private final AtomicReference<String> place = new AtomicReference<>("");

    JnatsLine(Site site, Wire.Watcher watcher) {
        this.site = site;
        this.watcher = watcher;
    }

    Options.Builder options(Options.Builder options) {
        return options.ignoreDiscoveredServers()
                .reconnectBufferSize(0)
                .reportNoResponders()
                .requestCleanupInterval(Duration.ofMillis(500))
                .connectionListener((c, event) -> {
                    if (event == Events.CONNECTED || event == Events.RECONNECTED) {
                        at(c);
                    }
                });
    }

    void over(Connection made) {
        connection.set(made);
        at(made);
    }

    /** Tells where it is, once for each change. */
    private void at(Connection c) {
        String url = c.getConnectedUrl();
        if (url == null || url.equals(place.getAndSet(url))) {
            return;
        }
        String name = c.getServerInfo() == null ? null : c.getServerInfo().getServerName();
        watcher.connected(name == null ? ServerAddress.shown(url) : name, home(url));
    }

    private boolean home(String url) {
        for (String own : site.servers()) {
            try {
                ServerAddress a = ServerAddress.of(own);
                ServerAddress b = ServerAddress.of(url);
                if (a.host().equals(b.host()) && a.port() == b.port()) {
                    return true;
                }
            } catch (LoginFault e) {
                // an address that is none is nobody's home
            }
        }
        return false;
    }

    @Override
    public CompletionStage<Answer> send(
            String stream, String subject, String messageId, String text, Duration patience) {
        Connection c = connection.get();
        if (c == null) {
            return CompletableFuture.completedFuture(new Answer.Refused("no connection"));
        }
        Message message = NatsMessage.builder()
                .subject(subject)
                .headers(new Headers().put("Nats-Msg-Id", messageId))
                .data(text.getBytes(StandardCharsets.UTF_8))
                .build();
        try {
            return c.requestWithTimeout(message, patience.plusSeconds(1))
                    .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                    .handle((reply, fault) -> reply == null ? silence(fault) : read(reply));
        } catch (IllegalStateException e) { // what the library says while it has no server
            return CompletableFuture.completedFuture(new Answer.Refused("no connection"));
        }
    }

    private static Answer silence(@Nullable Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        return cause instanceof JetStreamStatusException status
                        && status.getStatus().getCode() == Status.NO_RESPONDERS_CODE
                ? nobody()
                : new Answer.Silent();
    }

    private static Answer nobody() {
        return new Answer.Refused("nobody listens (503)");
    }

    private static Answer read(Message reply) {
        if (reply.isStatusMessage()) {
            return nobody();
        }
        try {
            JsonNode ack = JSON.readTree(reply.getData());
            if (ack.has("error")) {
                return new Answer.Refused(
                        Quote.plain(ack.path("error").path("description").asText("an error")));
            }
            return ack.path("seq").asLong() > 0
                    ? new Answer.Stored(
                            ack.path("stream").asText(),
                            ack.path("seq").asLong(),
                            ack.path("duplicate").asBoolean())
                    : new Answer.Silent();
        } catch (JsonProcessingException e) {
            return new Answer.Silent();
        } catch (IOException e) {
            return new Answer.Silent();
        }
    }
}
