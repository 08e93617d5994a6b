package io.stretchc.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.stretchc.diag.Quote;
import io.stretchc.observe.JetStreamError;
import io.stretchc.observe.QueryFault;
import io.stretchc.vault.Transfer;
import io.stretchc.vault.TransferFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Archives over a NATS connection. A piece is acknowledged when it is here and before it is written, since a server waits
 * for 2 to 5 s only; pieces that are given back are sent some ahead, as the server takes them in their order.
 */
public final class JnatsTransfer implements Transfer {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration LISTENING = Duration.ofSeconds(4);
    private static final long LOOK_MILLIS = 20;
    private static final int LARGEST_PIECE = 128 * 1024;
    private static final int AHEAD = 8;
    /** Servers of 2.9.10 to 2.12.8 have so much under way, whatever they are asked for. */
    private static final int USUAL_WINDOW = 8 << 20;

    private static final long SLACK = 4L << 20;
    private static final int DONE = 204;
    private static final byte[] NOTHING = new byte[0];

    private final Connection connection;
    private final String apiPrefix;

    private JnatsTransfer(Connection connection, String apiPrefix) {
        this.connection = connection;
        this.apiPrefix = apiPrefix;
    }

    /** Connects. */
    public static JnatsTransfer connect(Login login) throws QueryFault {
        return new JnatsTransfer(Connector.connect(login), login.apiPrefix());
    }

    @Override
    public String snapshot(String stream, int chunk, int window, Duration quiet, Sink sink)
            throws TransferFault, IOException {
        String inbox = connection.createInbox();
        Subscription pieces = connection.subscribe(inbox);
        try {
            pieces.setPendingLimits(-1, Math.max(window, USUAL_WINDOW) + SLACK);
            String request = "{\"deliver_subject\":\"" + inbox + "\",\"chunk_size\":" + chunk + ",\"window_size\":"
                    + window + "}";
            String answer = text(ask(apiPrefix + ".STREAM.SNAPSHOT." + stream, request, ANSWER));
            refused(answer);
            while (true) {
                Message piece = pieces.nextMessage(quiet);
                if (piece == null) {
                    throw new TransferFault(true, "nothing came for " + quiet.toSeconds() + " s");
                }
                if (piece.isStatusMessage() || piece.getData().length == 0) {
                    if (piece.isStatusMessage() && piece.getStatus().getCode() != DONE) {
                        throw new TransferFault(
                                true,
                                "the server ends it: " + piece.getStatus().getCode() + " "
                                        + Quote.plain(
                                                String.valueOf(piece.getStatus().getMessage())));
                    }
                    return answer;
                }
                if (piece.getReplyTo() != null) {
                    connection.publish(piece.getReplyTo(), NOTHING);
                }
                sink.more(piece.getData());
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (IllegalStateException e) {
            throw new TransferFault(true, "the connection broke");
        } finally {
            if (pieces.isActive()) {
                pieces.unsubscribe();
            }
        }
    }

    @Override
    public String restore(String stream, String request, Duration patience, Source source)
            throws TransferFault, IOException {
        try {
            String answer = text(ask(apiPrefix + ".STREAM.RESTORE." + stream, request, ANSWER));
            refused(answer);
            String subject = subject(answer);
            long most = connection.getMaxPayload();
            int piece = most <= 0 ? LARGEST_PIECE : (int) Math.min(LARGEST_PIECE, most);
            var sent = new ArrayDeque<CompletableFuture<Message>>();
            byte[] first = source.more(piece);
            if (first.length > 0) {
                first(subject, first);
            }
            while (first.length > 0) {
                byte[] next = source.more(piece);
                if (next.length == 0) {
                    break;
                }
                sent.add(connection.requestWithTimeout(subject, next, ANSWER));
                if (sent.size() >= AHEAD) {
                    taken(sent.remove());
                }
            }
            while (!sent.isEmpty()) {
                taken(sent.remove());
            }
            return text(ask(subject, "", patience));
        } catch (IllegalStateException e) {
            throw new TransferFault(true, "the connection broke");
        }
    }

    /**
     * The server that we are connected to may hear of the answer before it hears that another listens to the pieces (seen on
     * a busy 2.12.15 in a cluster, where {@code nats stream restore} gives up); the restoring one waits for 5 s.
     */
    private void first(String subject, byte[] piece) throws TransferFault {
        long end = System.nanoTime() + LISTENING.toNanos();
        while (true) {
            Message answer = answer(connection.requestWithTimeout(subject, piece, ANSWER), ANSWER);
            if (answer != null) {
                refused(text(answer));
                return;
            }
            if (System.nanoTime() > end) {
                throw nobody();
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    /** The server says nothing to a piece that it took, and what is wrong to one that it did not. */
    private static void taken(CompletableFuture<Message> piece) throws TransferFault {
        String answer = text(await(piece, ANSWER));
        if (!answer.isEmpty()) {
            refused(answer);
        }
    }

    private static void refused(String answer) throws TransferFault {
        Optional<String> fault = JetStreamError.in(answer);
        if (fault.isPresent()) {
            throw new TransferFault(fault.get().startsWith("503/"), Quote.sentence(fault.get()));
        }
    }

    private static String subject(String answer) throws TransferFault {
        int at = answer.indexOf("\"deliver_subject\"");
        int begin = at < 0 ? -1 : answer.indexOf('"', answer.indexOf(':', at));
        int end = begin < 0 ? -1 : answer.indexOf('"', begin + 1);
        if (end < 0) {
            throw new TransferFault(false, "the server says nowhere to send the archive to");
        }
        return answer.substring(begin + 1, end);
    }

    private Message ask(String subject, String payload, Duration patience) throws TransferFault {
        return await(
                connection.requestWithTimeout(subject, payload.getBytes(StandardCharsets.UTF_8), patience), patience);
    }

    private static Message await(CompletableFuture<Message> reply, Duration patience) throws TransferFault {
        Message message = answer(reply, patience);
        if (message == null) {
            throw nobody();
        }
        return message;
    }

    /** Null where nobody listens: the library cancels such a request at once, and one without an answer in its time. */
    private static @Nullable Message answer(CompletableFuture<Message> reply, Duration patience) throws TransferFault {
        long begun = System.nanoTime();
        try {
            Message message = reply.get(patience.toMillis() + 1000, TimeUnit.MILLISECONDS);
            return message.isStatusMessage() ? null : message;
        } catch (CancellationException e) {
            if (System.nanoTime() - begun < patience.toNanos() / 2) {
                return null;
            }
            throw new TransferFault(true, "no answer within " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException | TimeoutException e) {
            throw new TransferFault(true, "no answer within " + patience.toSeconds() + " s");
        }
    }

    private static TransferFault nobody() {
        return new TransferFault(true, "nobody listens any more");
    }

    private static TransferFault interrupted() {
        Thread.currentThread().interrupt();
        return new TransferFault(false, "it was interrupted");
    }

    private static String text(Message message) {
        return new String(message.getData(), StandardCharsets.UTF_8);
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
