package io.stretchc.real;

import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;

/** A connected test client. */
record Client(Connection connection) implements AutoCloseable {
    /** Connects as soon as a server takes the client in. */
    static Client connect(Options options) {
        return new Client(await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> Nats.connect(options), c -> c.getStatus() == Connection.Status.CONNECTED));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
