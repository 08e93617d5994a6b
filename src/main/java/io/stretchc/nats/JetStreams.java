package io.stretchc.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.StreamInfo;
import io.stretchc.diag.Quote;
import io.stretchc.load.WireFault;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** JetStream of an account: what is asked again until it is answered, since a cluster between leaders does not answer. */
final class JetStreams {
    private static final Duration ANSWER = Duration.ofSeconds(4);
    private static final int NOT_FOUND = 10059;
    private static final int NO_JETSTREAM = 10039;

    private final Connection connection;
    private final String apiPrefix;

    JetStreams(Connection connection, String apiPrefix) {
        this.connection = connection;
        this.apiPrefix = apiPrefix;
    }

    Connection connection() {
        return connection;
    }

    /** Name of the cluster of the server that it is connected to; empty when the server has none. */
    String cluster() {
        String name = connection.getServerInfo().getCluster();
        return name == null ? "" : name;
    }

    /** The subject of a request. */
    String api(String rest) {
        return apiPrefix + "." + rest;
    }

    /** The requests of the library. */
    JetStreamManagement manage() throws IOException {
        var options = JetStreamOptions.builder().requestTimeout(ANSWER);
        if (!apiPrefix.equals(Login.JETSTREAM)) {
            options.prefix(apiPrefix);
        }
        return connection.jetStreamManagement(options.build());
    }

    /** A stream; none when there is no stream of this name. */
    Optional<StreamInfo> stream(String name, Duration patience) throws WireFault {
        return retry("The stream " + Quote.of(name), patience, () -> {
            try {
                return Optional.of(manage().getStreamInfo(name));
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** A request of the library. */
    interface Request<T> {
        T make() throws IOException, JetStreamApiException;
    }

    /** Asks until there is an answer. What a server refuses for good is a fault at once. */
    <T> T retry(String what, Duration patience, Request<T> request) throws WireFault {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            String why;
            try {
                return request.make();
            } catch (JetStreamApiException e) {
                why = Quote.plain(String.valueOf(e.getErrorDescription()));
                if (e.getErrorCode() < 500 || e.getApiErrorCode() == NO_JETSTREAM) {
                    throw new WireFault(
                            what + " is refused by the cluster: " + why + " (" + e.getApiErrorCode() + ").");
                }
            } catch (IOException | IllegalStateException e) {
                why = "no answer comes";
            }
            if (System.nanoTime() > end) {
                throw new WireFault(what + " cannot be had: " + why + ".");
            }
            pause();
        }
    }

    private static void pause() throws WireFault {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WireFault("Interrupted while asking the cluster.");
        }
    }
}
