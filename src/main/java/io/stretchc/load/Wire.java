package io.stretchc.load;

import io.stretchc.ledger.Kind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Connections to a cluster, as far as a load needs them. They outlive the loss of servers. */
public interface Wire extends AutoCloseable {
    /** Name of the cluster that it is connected to; empty when it is not known. */
    String cluster();

    /** Makes sure that a stream is there and takes what the load will send. */
    Found ensure(StreamSetup setup) throws WireFault;

    /** Connects the writers of a site, to its own servers if one of them can be reached. */
    Line line(Site site, Watcher watcher) throws WireFault;

    /** A durable consumer of explicit acks, made if it is missing. */
    Tap tap(String stream, String consumer) throws WireFault;

    @Override
    void close();

    /**
     * What a stream turned out to be.
     *
     * @param limited whether limits of its own may make it drop messages
     * @param window how long it knows a {@code Nats-Msg-Id}; sent again after that, a message may be stored twice
     * @param subject the first that it takes, with wildcards
     */
    record Found(Kind kind, int replicas, boolean limited, Duration window, String subject) {
        /** The subject in which a token of a writer stands for the wildcards. */
        String subject(String token) {
            return subject.replace("*", token).replaceFirst(">$", token);
        }
    }

    /** Is told where a line is connected, whenever that changes. */
    interface Watcher {
        void connected(String server, boolean home);
    }

    /** Sends messages. */
    interface Line {
        /** Sends one; the answer always comes, at the latest when patience ends. */
        CompletionStage<Answer> send(String stream, String subject, String messageId, String text, Duration patience);
    }

    /** Takes messages of a stream. */
    interface Tap {
        /** The next messages; none when there are none or the consumer cannot be reached now. */
        List<Taken> take(int most, Duration patience);

        /** Acknowledges a message; whether it arrives is not known. */
        void acknowledge(Taken message);

        /** Up to where the server has every ack, if it says so now. */
        OptionalLong floor();
    }

    /** A message as a consumer got it. */
    record Taken(long sequence, String text, String reply) {}
}
