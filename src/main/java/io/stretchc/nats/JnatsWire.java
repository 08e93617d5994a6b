package io.stretchc.nats;

import io.nats.client.Connection;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.Placement;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.stretchc.diag.Quote;
import io.stretchc.ledger.Kind;
import io.stretchc.load.Site;
import io.stretchc.load.StreamSetup;
import io.stretchc.load.Wire;
import io.stretchc.load.WireFault;
import io.stretchc.observe.QueryFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Loads over NATS connections: one for each site, one for the consumers and for making streams. */
public final class JnatsWire implements Wire {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration REDELIVERY = Duration.ofSeconds(5);

    private final Login login;
    private final String run;
    private final JetStreams account;
    private final List<Connection> connections = new ArrayList<>();

    private JnatsWire(Login login, String run, Connection connection) {
        this.login = login;
        this.run = run;
        this.account = new JetStreams(connection, login.apiPrefix());
        connections.add(connection);
    }

    /** Connects with a login to the account of the streams. */
    public static JnatsWire connect(Login login, String run) throws QueryFault {
        return new JnatsWire(
                login, run, Connector.connect(login, o -> o.connectionName("stretchc load " + run + " consumers")));
    }

    @Override
    public String cluster() {
        return account.cluster();
    }

    @Override
    public Found ensure(StreamSetup setup) throws WireFault {
        StreamInfo info = account.stream(setup.name(), PATIENCE).orElse(null);
        if (info == null) {
            if (!setup.create()) {
                throw new WireFault("There is no stream " + Quote.of(setup.name()) + " in the account.");
            }
            StreamConfiguration wanted = configuration(setup);
            info = account.retry(
                    "The stream " + Quote.of(setup.name()),
                    PATIENCE,
                    () -> account.manage().addStream(wanted));
        }
        StreamConfiguration has = info.getConfiguration();
        if (has.getSubjects() == null || has.getSubjects().isEmpty()) {
            throw new WireFault("The stream " + Quote.of(setup.name())
                    + " takes no subjects, as a mirror does; nothing can be sent to it.");
        }
        if (has.getRetentionPolicy() == RetentionPolicy.Interest) {
            throw new WireFault("The stream " + Quote.of(setup.name()) + " keeps messages only as long as consumers"
                    + " are interested, so that an audit could not tell what is lost.");
        }
        Kind kind = has.getRetentionPolicy() == RetentionPolicy.WorkQueue
                ? Kind.QUEUE
                : has.getMaxMsgsPerSubject() > 0 ? Kind.LATEST : Kind.LOG;
        boolean limited = has.getMaxMsgs() > 0
                || has.getMaxBytes() > 0
                || (has.getMaxAge() != null && !has.getMaxAge().isZero());
        Duration window = has.getDuplicateWindow() == null ? Duration.ZERO : has.getDuplicateWindow();
        return new Found(
                kind, has.getReplicas(), limited, window, has.getSubjects().get(0));
    }

    private static StreamConfiguration configuration(StreamSetup setup) {
        var stream = StreamConfiguration.builder()
                .name(setup.name())
                .subjects(setup.subjects())
                .storageType(StorageType.File)
                .replicas(setup.replicas());
        if (!setup.tags().isEmpty()) {
            stream.placement(Placement.builder().tags(setup.tags()).build());
        }
        switch (setup.kind()) {
            case LOG -> {}
            case QUEUE -> stream.retentionPolicy(RetentionPolicy.WorkQueue);
            case LATEST -> // what a key-value bucket with a history of one is
                stream.maxMessagesPerSubject(1)
                        .discardPolicy(DiscardPolicy.New)
                        .allowRollup(true)
                        .denyDelete(true)
                        .allowDirect(true);
        }
        return stream.build();
    }

    @Override
    public Line line(Site site, Watcher watcher) throws WireFault {
        var urls = new ArrayList<>(site.servers());
        login.urls().stream().filter(u -> !urls.contains(u)).forEach(urls::add);
        try {
            var line = new JnatsLine(site, watcher);
            Connection connection = Connector.connect(
                    login.at(urls), o -> line.options(o).connectionName("stretchc load " + run + " " + site.name()));
            connections.add(connection);
            line.over(connection);
            return line;
        } catch (QueryFault e) {
            throw new WireFault(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Tap tap(String stream, String consumer) throws WireFault {
        var durable = ConsumerConfiguration.builder()
                .durable(consumer)
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(REDELIVERY)
                .build();
        account.retry(
                "The consumer of " + Quote.of(stream),
                PATIENCE,
                () -> account.manage().addOrUpdateConsumer(stream, durable));
        return new JnatsTap(account, stream, consumer);
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
