package io.stretchc.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.api.ServerInfo;
import io.stretchc.observe.ClusterQuery;
import io.stretchc.observe.QueryFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Asks over a NATS connection. */
public final class JnatsQuery implements ClusterQuery {
    private final Connection connection;
    private final String apiPrefix;
    private final List<Greeting> greetings;
    private final Mailbox mailbox;

    private JnatsQuery(Connection connection, String apiPrefix, List<Greeting> greetings) {
        this.connection = connection;
        this.mailbox = new Mailbox(connection);
        this.apiPrefix = apiPrefix;
        this.greetings = greetings;
    }

    /** Connects. */
    public static JnatsQuery connect(Login login) throws QueryFault {
        try {
            List<Greeting> greetings = Greeter.greet(login.urls());
            return new JnatsQuery(Connector.connect(login, greetings), login.apiPrefix(), greetings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    /** Connects to the system account. A login that is refused is said to be whose, and how to give another. */
    public static JnatsQuery system(Logins logins) throws QueryFault {
        try {
            return connect(logins.system());
        } catch (QueryFault e) {
            if (e.reason() != QueryFault.Reason.LOGIN) {
                throw e;
            }
            String other = logins.system().credentials() instanceof Credentials.None
                    ? " Give some with"
                    : " The login is that of " + logins.origin() + ": check it, or give another with";
            throw new QueryFault(
                    e.reason(), e.getMessage() + other + " --context, --creds, --nkey, or --user and --password-env.");
        }
    }

    /** The servers that spoke at the addresses of the login, whether or not they are of one cluster. */
    @Override
    public List<Doorkeeper> doorkeepers() {
        return greetings.stream()
                .flatMap(g -> g.speaker().stream())
                .map(s -> new Doorkeeper(s.id(), s.name(), s.cluster(), s.version()))
                .toList();
    }

    @Override
    public List<String> askAll(String subject, String payload, Duration quiet, Duration deadline) throws QueryFault {
        return askAll(subject, payload, quiet, deadline, answer -> false);
    }

    @Override
    public List<String> askAll(
            String subject, String payload, Duration quiet, Duration deadline, Predicate<String> alone)
            throws QueryFault {
        long end = System.nanoTime() + deadline.toNanos();
        return exchange(subject, payload, replies -> {
            var all = new ArrayList<String>();
            Message message = replies.nextMessage(deadline);
            while (message != null) {
                if (message.isStatusMessage()) {
                    return all; // nobody listens, so that nothing follows
                }
                String answer = text(message);
                all.add(answer);
                if (alone.test(answer)) {
                    return all;
                }
                long left = Math.min(quiet.toNanos(), end - System.nanoTime());
                message = left <= 0 ? null : replies.nextMessage(Duration.ofNanos(left));
            }
            return all;
        });
    }

    @Override
    public Reply ask(String subject, String payload, Duration deadline) throws QueryFault {
        return ask(subject, payload, deadline, () -> false);
    }

    @Override
    public Reply ask(String subject, String payload, Duration deadline, BooleanSupplier futile) throws QueryFault {
        try {
            Message message = mailbox.ask(subject(subject), payload.getBytes(StandardCharsets.UTF_8), deadline, futile);
            if (message == null) {
                return new Reply.TimedOut();
            }
            return message.isStatusMessage() ? new Reply.NobodyThere() : new Reply.Answer(text(message));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } catch (IllegalStateException e) {
            throw lost();
        }
    }

    /** Takes what comes back of a request. */
    private interface Listener<T> {
        T listen(Subscription replies) throws InterruptedException;
    }

    private <T> T exchange(String subject, String payload, Listener<T> listener) throws QueryFault {
        String inbox = connection.createInbox();
        Subscription replies = connection.subscribe(inbox);
        try {
            connection.publish(subject(subject), inbox, payload.getBytes(StandardCharsets.UTF_8));
            return listener.listen(replies);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } catch (IllegalStateException e) {
            throw lost();
        } finally {
            close(replies);
        }
    }

    @Override
    public Ongoing keepAsking(String subject, Duration every, Consumer<String> answers) throws QueryFault {
        String inbox = connection.createInbox();
        try {
            Dispatcher dispatcher = connection.createDispatcher(m -> {
                if (!m.isStatusMessage()) {
                    answers.accept(text(m));
                }
            });
            dispatcher.subscribe(inbox);
            var running = new AtomicBoolean(true);
            var thread = new Thread(() -> ask(subject(subject), inbox, every, running), "keep asking");
            thread.setDaemon(true);
            thread.start();
            return () -> {
                running.set(false);
                thread.interrupt();
                close(dispatcher);
            };
        } catch (IllegalStateException e) {
            throw lost();
        }
    }

    private void ask(String subject, String inbox, Duration every, AtomicBoolean running) {
        while (running.get()) {
            try {
                connection.publish(subject, inbox, new byte[0]);
                Thread.sleep(every.toMillis());
            } catch (InterruptedException | IllegalStateException e) {
                return; // closed, or broken for good: whoever asks anything else is told
            }
        }
    }

    @Override
    public Ongoing answer(String subject, String text) throws QueryFault {
        try {
            Dispatcher dispatcher = connection.createDispatcher(m -> {
                if (m.getReplyTo() != null) {
                    connection.publish(m.getReplyTo(), text.getBytes(StandardCharsets.UTF_8));
                }
            });
            dispatcher.subscribe(subject);
            return () -> close(dispatcher);
        } catch (IllegalStateException e) {
            throw lost();
        }
    }

    private void close(Dispatcher dispatcher) {
        if (dispatcher.isActive() && connection.getStatus() != Connection.Status.CLOSED) {
            connection.closeDispatcher(dispatcher);
        }
    }

    @Override
    public String serverId() {
        ServerInfo info = connection.getServerInfo();
        return info == null || info.getServerId() == null ? "" : info.getServerId();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** JetStream of an account may have to be asked under another prefix. */
    private String subject(String subject) {
        return subject.startsWith(Login.JETSTREAM + ".")
                ? apiPrefix + subject.substring(Login.JETSTREAM.length())
                : subject;
    }

    private static void close(Subscription replies) {
        if (replies.isActive()) {
            replies.unsubscribe();
        }
    }

    private static String text(Message message) {
        return new String(message.getData(), StandardCharsets.UTF_8);
    }

    private static QueryFault lost() {
        return new QueryFault(QueryFault.Reason.LOST, "The connection to the cluster broke.");
    }

    private static QueryFault interrupted() {
        return new QueryFault(QueryFault.Reason.LOST, "Interrupted while asking the cluster.");
    }
}
