package io.stretchc.nats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.Replica;
import io.nats.client.api.StreamInfo;
import io.stretchc.ledger.Book;
import io.stretchc.ledger.Header;
import io.stretchc.ledger.Kind;
import io.stretchc.ledger.Readback;
import io.stretchc.ledger.StreamCopies;
import io.stretchc.load.WireFault;
import io.stretchc.observe.QueryFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream from each of its replicas. A consumer with one replica in memory is put on a random replica of its stream,
 * its info names the server, and it reads what that very server has stored, right or wrong (2.9 to 2.15). So consumers are
 * made until each replica had one. Nothing less would do: after an empty quorum, 2.10.27 shows a replica as current, with as
 * many messages as the leader, and hundreds of them are others. A direct get would not do: whichever replica is quickest answers it.
 *
 * <p>A work queue takes no second consumer, so that only its leader is read, message by message.
 */
public final class CopyReader implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 10;
    private static final int BATCH = 1000;
    private static final int NO_MORE = 404;
    private static final Duration FORGOTTEN = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final JetStreams account;

    private CopyReader(JetStreams account) {
        this.account = account;
    }

    /** Connects with a login to the account of the streams. */
    public static CopyReader connect(Login login) throws QueryFault {
        return new CopyReader(
                new JetStreams(Connector.connect(login, o -> o.connectionName("stretchc audit")), login.apiPrefix()));
    }

    /** Name of the cluster that it is connected to; empty when it is not known. */
    public String cluster() {
        return account.cluster();
    }

    /** Reads a stream of a ledger. What cannot be read is told, and no fault. */
    public StreamCopies read(Book book, Header.Stream stream, Duration patience) {
        StreamInfo info;
        try {
            info = account.stream(stream.name(), patience).orElse(null);
        } catch (WireFault e) {
            return none(stream, String.valueOf(e.getMessage()));
        }
        if (info == null) {
            return gone(book, stream);
        }
        ClusterInfo cluster = info.getClusterInfo();
        if (cluster != null && cluster.getName() != null && isEmpty(cluster.getLeader())) {
            return none(stream, "It has no leader.");
        }
        return stream.kind() == Kind.QUEUE ? queue(book, stream, info) : copies(book, stream, info, patience);
    }

    /** The cluster answers that there is no such stream, so that nothing of it is left. */
    private static StreamCopies gone(Book book, Header.Stream stream) {
        var unread = new TreeMap<String, String>();
        unread.put("the stream", "there is none of this name any more");
        return new StreamCopies(stream.name(), Readback.gone(book), List.of(), unread, new TreeMap<>());
    }

    private static StreamCopies none(Header.Stream stream, String why) {
        var unread = new TreeMap<String, String>();
        unread.put("the stream", why);
        return new StreamCopies(stream.name(), null, List.of(), unread, new TreeMap<>());
    }

    private StreamCopies copies(Book book, Header.Stream stream, StreamInfo info, Duration patience) {
        var missing = new TreeMap<String, String>();
        for (Replica r : replicas(info)) {
            missing.put(r.getName(), r.isCurrent() ? "current" : r.isOffline() ? "offline" : "not current");
        }
        String leader = leader(info.getClusterInfo());
        missing.put(leader, "leader");
        var read = new TreeMap<String, Readback>();
        long end = System.nanoTime() + patience.toNanos();
        int tries = TRIES * missing.size();
        String last = "";
        for (int i = 0; i < tries && !missing.isEmpty() && (i == 0 || System.nanoTime() < end); i++) {
            try {
                ConsumerInfo consumer = account.manage().createConsumer(stream.name(), reader());
                String server = leader(consumer.getClusterInfo());
                if (missing.containsKey(server)) {
                    read.put(server, pull(book, stream.name(), consumer.getName(), server));
                    missing.remove(server);
                }
                account.manage().deleteConsumer(stream.name(), consumer.getName());
            } catch (IOException | JetStreamApiException | IllegalStateException e) {
                last = "; the last try: " + e.getMessage();
            }
        }
        var unread = new TreeMap<String, String>();
        for (var m : missing.entrySet()) {
            unread.put(m.getKey(), "no consumer could read there (" + m.getValue() + ")" + last);
        }
        Readback led = read.remove(leader);
        return new StreamCopies(stream.name(), led, new ArrayList<>(read.values()), unread, floors(stream));
    }

    private static ConsumerConfiguration reader() {
        return ConsumerConfiguration.builder()
                .ackPolicy(AckPolicy.None)
                .memStorage(true)
                .numReplicas(1)
                .inactiveThreshold(FORGOTTEN)
                .build();
    }

    private String leader(@Nullable ClusterInfo cluster) {
        String name = cluster == null ? null : cluster.getLeader();
        return name == null || name.isEmpty()
                ? account.connection().getServerInfo().getServerName()
                : name;
    }

    private static boolean isEmpty(@Nullable String name) {
        return name == null || name.isEmpty();
    }

    private static List<Replica> replicas(StreamInfo info) {
        ClusterInfo cluster = info.getClusterInfo();
        return cluster == null || cluster.getReplicas() == null ? List.of() : cluster.getReplicas();
    }

    /** All messages of a consumer, or a fault when they stop coming before the end. */
    private Readback pull(Book book, String stream, String consumer, String server) throws IOException {
        var copy = new Readback(book, server);
        Connection connection = account.connection();
        String inbox = connection.createInbox();
        var messages = connection.subscribe(inbox);
        byte[] request = ("{\"batch\":" + BATCH + ",\"no_wait\":true}").getBytes(StandardCharsets.UTF_8);
        try {
            while (true) {
                connection.publish(account.api("CONSUMER.MSG.NEXT." + stream + "." + consumer), inbox, request);
                for (int i = 0; i < BATCH; i++) {
                    Message m = messages.nextMessage(ANSWER);
                    if (m == null) {
                        throw new IOException("no more came after " + copy.size() + " messages");
                    }
                    if (m.isStatusMessage()) {
                        if (m.getStatus().getCode() == NO_MORE) {
                            return copy;
                        }
                        throw new IOException("after " + copy.size() + " messages: "
                                + m.getStatus().getMessageWithCode());
                    }
                    copy.add(
                            m.metaData().streamSequence(),
                            m.getSubject(),
                            new String(m.getData(), StandardCharsets.UTF_8));
                    if (m.metaData().pendingCount() == 0) {
                        return copy;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            messages.unsubscribe();
        }
    }

    private StreamCopies queue(Book book, Header.Stream stream, StreamInfo info) {
        String leader = leader(info.getClusterInfo());
        var copy = new Readback(book, leader);
        var unread = new TreeMap<String, String>();
        var others = new TreeSet<String>();
        replicas(info).forEach(r -> others.add(r.getName()));
        others.forEach(o -> unread.put(o, "a work queue can be read at its leader only"));
        try {
            long sequence = 1;
            JsonNode message = next(stream.name(), sequence);
            while (message != null) {
                sequence = message.path("seq").asLong();
                copy.add(sequence, message.path("subject").asText(""), text(message));
                message = next(stream.name(), sequence + 1);
            }
        } catch (IOException e) {
            unread.put(leader, String.valueOf(e.getMessage()));
            return new StreamCopies(stream.name(), null, List.of(), unread, floors(stream));
        }
        return new StreamCopies(stream.name(), copy, List.of(), unread, floors(stream));
    }

    /** The first message from a sequence on; null when there is none. */
    private @Nullable JsonNode next(String stream, long sequence) throws IOException {
        String request = "{\"seq\":" + sequence + ",\"next_by_subj\":\">\"}";
        for (int i = 0; i < TRIES; i++) {
            try {
                Message reply = account.connection()
                        .request(
                                account.api("STREAM.MSG.GET." + stream),
                                request.getBytes(StandardCharsets.UTF_8),
                                ANSWER);
                JsonNode answer = reply == null ? null : JSON.readTree(reply.getData());
                if (answer != null && answer.has("message")) {
                    return answer.path("message");
                }
                if (answer != null && answer.path("error").path("code").asInt() == 404) {
                    return null;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (IllegalStateException e) {
                throw new IOException("the connection broke", e);
            }
        }
        throw new IOException("the leader does not answer");
    }

    private static String text(JsonNode message) {
        String data = message.path("data").asText("");
        return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    }

    private SortedMap<String, Long> floors(Header.Stream stream) {
        var floors = new TreeMap<String, Long>();
        String consumer = stream.consumer();
        if (consumer != null) {
            try {
                floors.put(
                        consumer,
                        account.manage()
                                .getConsumerInfo(stream.name(), consumer)
                                .getAckFloor()
                                .getStreamSequence());
            } catch (IOException | JetStreamApiException | IllegalStateException e) {
                // as if it had none: nothing is said of its floor
            }
        }
        return floors;
    }

    @Override
    public void close() {
        try {
            account.connection().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
