package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamStatusException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamState;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that streams hold, in one file for each: every message, one a line, and the consumers. However many there are, they
 * are read in batches, by a consumer that is there only for that, and no more than a batch is in memory.
 */
final class Inventory {
    private static final int BATCH = 1000;
    private static final int NO_CONSUMER = 10014;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final SortedMap<String, Path> files = new TreeMap<>();

    private Inventory() {}

    /** Of these streams, written below a directory, which is made. */
    static Inventory of(Client client, List<String> streams, Path directory) throws Exception {
        Files.createDirectories(directory);
        var inventory = new Inventory();
        for (String stream : streams) {
            Path file = directory.resolve(stream);
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                write(client, stream, out);
            }
            inventory.files.put(stream, file);
        }
        return inventory;
    }

    /** The first lines that differ, of each stream, in full; empty where there are none. */
    List<String> differences(Inventory other) throws IOException {
        assertThat(files.keySet()).isEqualTo(other.files.keySet());
        var found = new ArrayList<String>();
        for (Map.Entry<String, Path> mine : files.entrySet()) {
            Path theirs = other.files.getOrDefault(mine.getKey(), mine.getValue());
            if (Files.mismatch(mine.getValue(), theirs) >= 0) {
                found.add(mine.getKey() + ": " + first(mine.getValue(), theirs));
            }
        }
        return found;
    }

    private static String first(Path one, Path two) throws IOException {
        try (BufferedReader a = Files.newBufferedReader(one);
                BufferedReader b = Files.newBufferedReader(two)) {
            while (true) {
                String x = a.readLine();
                String y = b.readLine();
                if (x == null || !x.equals(y)) {
                    return x + " / " + y;
                }
            }
        }
    }

    private static void write(Client client, String stream, BufferedWriter out) throws Exception {
        JetStreamManagement manage = client.connection().jetStreamManagement();
        for (String consumer : Contents.consumers(manage, stream)) {
            out.write(consumer + "\n");
        }
        StreamState state = manage.getStreamInfo(stream).getStreamState();
        out.write("first " + state.getFirstSequence() + " last " + state.getLastSequence() + " count "
                + state.getMsgCount() + "\n");
        long read = messages(client, stream, state.getMsgCount(), out);
        assertThat(read).as("messages read of " + stream).isEqualTo(state.getMsgCount());
    }

    /** In the order in which they were delivered: each once, none left out, or it does not end well. */
    private static long messages(Client client, String stream, long count, BufferedWriter out) throws Exception {
        var options = PullSubscribeOptions.builder().stream(stream)
                .configuration(ConsumerConfiguration.builder()
                        .ackPolicy(AckPolicy.None)
                        .memStorage(true)
                        .numReplicas(1)
                        .inactiveThreshold(Duration.ofMinutes(2))
                        .build())
                .build();
        JetStreamSubscription all = client.connection().jetStream().subscribe(null, options);
        try {
            long read = 0;
            long end = System.nanoTime() + LONGEST.toNanos();
            while (read < count && System.nanoTime() < end) {
                for (Message m : fetched(all, count - read)) {
                    NatsJetStreamMetaData at = m.metaData();
                    read++;
                    assertThat(at.consumerSequence())
                            .as("delivery of " + stream)
                            .isEqualTo(read);
                    out.write(Contents.line(
                            at.streamSequence(), m.getSubject(), at.timestamp(), m.getHeaders(), m.getData()));
                    out.write('\n');
                    end = System.nanoTime() + LONGEST.toNanos();
                }
            }
            return read;
        } finally {
            delete(client, stream, all.getConsumerName());
            all.unsubscribe();
        }
    }

    /** None while nobody listens yet to a consumer that was just made. */
    private static List<Message> fetched(JetStreamSubscription from, long most) {
        try {
            return from.fetch((int) Math.min(BATCH, most), Duration.ofSeconds(2));
        } catch (JetStreamStatusException e) {
            return List.of();
        }
    }

    /** Soon after a restore it may be gone by itself (2.12.15); that all was read is not told by that. */
    private static void delete(Client client, String stream, String consumer)
            throws IOException, JetStreamApiException {
        try {
            client.connection().jetStreamManagement().deleteConsumer(stream, consumer);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != NO_CONSUMER) {
                throw e;
            }
        }
    }
}
