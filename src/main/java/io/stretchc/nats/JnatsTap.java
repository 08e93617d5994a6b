package io.stretchc.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.stretchc.load.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A pull consumer, asked batch by batch. */
final class JnatsTap implements Wire.Tap {
    private static final Duration SLACK = Duration.ofMillis(300);

    private final JetStreams account;
    private final String stream;
    private final String consumer;
    private final String inbox;
    private final Subscription messages;

    JnatsTap(JetStreams account, String stream, String consumer) {
        this.account = account;
        this.stream = stream;
        this.consumer = consumer;
        this.inbox = account.connection().createInbox();
        this.messages = account.connection().subscribe(inbox);
    }

    @Override
    public List<Wire.Taken> take(int most, Duration patience) {
        var all = new ArrayList<Wire.Taken>();
        try {
            boolean asked = ask("{\"batch\":" + most + ",\"expires\":" + patience.toNanos() + "}");
            long end = System.nanoTime()
                    + patience.plus(asked ? SLACK : Duration.ZERO).toNanos();
            while (all.size() < most) {
                long left = end - System.nanoTime();
                Message message = left <= 0 ? null : messages.nextMessage(Duration.ofNanos(left));
                if (message == null
                        || (message.isStatusMessage() && message.getStatus().getCode() != 100)) {
                    break;
                }
                if (message.isJetStream()) {
                    all.add(new Wire.Taken(
                            message.metaData().streamSequence(),
                            new String(message.getData(), StandardCharsets.UTF_8),
                            String.valueOf(message.getReplyTo())));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return all;
    }

    private boolean ask(String request) {
        Connection connection = account.connection();
        try {
            connection.publish(
                    account.api("CONSUMER.MSG.NEXT." + stream + "." + consumer),
                    inbox,
                    request.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IllegalStateException e) {
            return false; // between two servers
        }
    }

    @Override
    public void acknowledge(Wire.Taken message) {
        try {
            account.connection().publish(message.reply(), "+ACK".getBytes(StandardCharsets.UTF_8));
        } catch (IllegalStateException e) {
            // the server gives the message again
        }
    }

    @Override
    public OptionalLong floor() {
        try {
            return OptionalLong.of(account.manage()
                    .getConsumerInfo(stream, consumer)
                    .getAckFloor()
                    .getStreamSequence());
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            return OptionalLong.empty();
        }
    }
}
