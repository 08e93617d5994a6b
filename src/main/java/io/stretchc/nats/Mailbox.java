package io.stretchc.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One subscription for the answers to all requests of a connection, each request with an address of its own below it. A
 * subscription for each would be told by the server to all others of the cluster, and taken back again: for a look at nine
 * servers more than a hundred messages that nobody needs.
 */
final class Mailbox {
    private static final long SLICE_MILLIS = 100;

    private final Connection connection;
    private final String prefix;
    private final AtomicLong number = new AtomicLong();
    private final ConcurrentHashMap<String, CompletableFuture<Message>> open = new ConcurrentHashMap<>();

    /** A mailbox of an open connection; it goes with it. */
    Mailbox(Connection connection) {
        this.connection = connection;
        this.prefix = connection.createInbox() + ".";
        Dispatcher dispatcher = connection.createDispatcher(this::deliver);
        dispatcher.setPendingLimits(-1, -1); // an answer of a server with many streams is larger than any default
        dispatcher.subscribe(prefix + "*");
    }

    private void deliver(Message message) {
        CompletableFuture<Message> letter = open.remove(message.getSubject());
        if (letter != null) {
            letter.complete(message);
        }
    }

    /**
     * Asks and takes the first answer.
     *
     * @param futile whether none will come any more
     * @return none when there is none in time
     * @throws IllegalStateException when the connection is closed
     */
    @Nullable
    Message ask(String subject, byte[] payload, Duration deadline, BooleanSupplier futile) throws InterruptedException {
        String address = prefix + number.incrementAndGet();
        var letter = new CompletableFuture<Message>();
        open.put(address, letter);
        try {
            connection.publish(subject, address, payload);
            long end = System.nanoTime() + deadline.toNanos();
            while (true) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return null;
                }
                try {
                    return letter.get(Math.min(left, SLICE_MILLIS), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (connection.getStatus() == Connection.Status.CLOSED) {
                        throw new IllegalStateException("closed", e);
                    }
                    if (futile.getAsBoolean()) {
                        return null;
                    }
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a letter is only ever delivered", e);
        } finally {
            open.remove(address);
        }
    }
}
