package io.stretchc.load;

import io.stretchc.ledger.Entry;
import io.stretchc.ledger.Header;
import io.stretchc.ledger.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A load: writers of every site send to every stream at a steady rate, consumers take, and a ledger tells it all. Ends when
 * its time is over or when it is stopped; then it waits for what is still open, so that as little as possible is unknown.
 */
public final class Load {
    private static final int KEYS = 16;
    private static final String CONSUMER = "LOAD";
    private static final Duration SHORT_DRAIN = Duration.ofSeconds(8);

    private final LoadPlan plan;
    private final Wire wire;
    private final Tally journal;
    private final LongSupplier nanoTime;
    private final LongSupplier clock;
    private final AtomicLong zero = new AtomicLong();
    private final AtomicLong sending = new AtomicLong();
    private final InstantSource wall;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicBoolean draining = new AtomicBoolean();
    private final List<Wire.Found> found = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final List<ScheduledFuture<?>> timers = new ArrayList<>();
    private final List<Drinker> drinkers = new ArrayList<>();

    /**
     * A load that has not begun.
     *
     * @param nanoTime a steady clock in nanoseconds, from any beginning
     */
    public Load(LoadPlan plan, Wire wire, Journal journal, LongSupplier nanoTime, InstantSource wall) {
        this.plan = plan;
        this.wire = wire;
        this.journal = new Tally(journal);
        this.clock = () -> nanoTime.getAsLong() - zero.get();
        this.nanoTime = nanoTime;
        this.wall = wall;
    }

    /** Ends it early, from any thread; what is open is still awaited, for a short while. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Runs it to its end.
     *
     * @param watcher is told of the progress every second
     * @return what was counted, by stream
     */
    public SortedMap<String, Counted> run(Consumer<Progress> watcher) throws WireFault {
        Header header = prepare();
        journal.begin(header);
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
        try {
            connect(header, executor);
            var threads = new ArrayList<Thread>();
            drinkers.forEach(d -> threads.add(thread(d)));
            begin(executor);
            timers.add(executor.scheduleAtFixedRate(() -> watcher.accept(progress()), 1, 1, TimeUnit.SECONDS));
            boolean early = stop.await(plan.length().toNanos(), TimeUnit.NANOSECONDS);
            check();
            drain(early ? SHORT_DRAIN : plan.drain(), threads);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            writers.forEach(Writer::close);
            drinkers.forEach(Drinker::stop);
            executor.shutdownNow();
        }
        journal.add(new Entry.Ended(clock.getAsLong()));
        return journal.counted();
    }

    /** A timer that ended by itself met a fault of ours. */
    private void check() throws InterruptedException {
        for (ScheduledFuture<?> timer : timers) {
            if (timer.isDone()) {
                try {
                    timer.get();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a timer failed", e.getCause());
                }
            }
        }
    }

    private Header prepare() throws WireFault {
        var streams = new ArrayList<Header.Stream>();
        for (StreamSetup setup : plan.streams()) {
            Wire.Found stream = wire.ensure(setup);
            found.add(stream);
            streams.add(new Header.Stream(
                    setup.name(),
                    stream.kind(),
                    stream.replicas(),
                    stream.kind() == Kind.LATEST ? KEYS : 0,
                    setup.consumer() && stream.kind() != Kind.LATEST ? CONSUMER : null,
                    stream.limited()));
        }
        var names = new ArrayList<Header.Writer>();
        for (Site site : plan.sites()) {
            for (StreamSetup setup : plan.streams()) {
                for (int i = 0; i < plan.writers(); i++) {
                    names.add(new Header.Writer("w" + (names.size() + 1), site.name(), setup.name()));
                }
            }
        }
        zero.set(nanoTime.getAsLong());
        return new Header(plan.run(), wall.instant(), plan.account(), wire.cluster(), streams, names);
    }

    private void connect(Header header, ScheduledExecutorService executor) throws WireFault {
        for (Site site : plan.sites()) {
            Wire.Line line = wire.line(
                    site, (server, home) -> journal.add(new Entry.Moved(clock.getAsLong(), site.name(), server, home)));
            for (Header.Writer name : header.writers()) {
                if (name.site().equals(site.name())) {
                    int stream = index(header, name.stream());
                    writers.add(new Writer(
                            name,
                            plan,
                            found.get(stream),
                            header.streams().get(stream),
                            line,
                            journal,
                            clock,
                            executor));
                }
            }
        }
        for (StreamSetup setup : plan.streams()) {
            if (setup.consumer()) {
                drinkers.add(new Drinker(
                        plan.run(), setup.name(), CONSUMER, wire.tap(setup.name(), CONSUMER), journal, clock));
            }
        }
    }

    private static int index(Header header, String stream) {
        return header.streams().stream().map(Header.Stream::name).toList().indexOf(stream);
    }

    private static Thread thread(Drinker drinker) {
        var thread = new Thread(drinker, "consumer");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Writers take turns, so that their messages are spread over the time between two of one writer. */
    private void begin(ScheduledExecutorService executor) {
        sending.set(clock.getAsLong());
        long between = 1_000_000_000L * writers.size() / Math.max(1, plan.rate());
        for (int i = 0; i < writers.size(); i++) {
            Writer writer = writers.get(i);
            timers.add(executor.scheduleAtFixedRate(
                    writer::next, between * i / writers.size(), Math.max(1, between), TimeUnit.NANOSECONDS));
        }
    }

    private void drain(Duration patience, List<Thread> consumers) throws InterruptedException {
        draining.set(true);
        writers.forEach(Writer::finish);
        long end = clock.getAsLong() + patience.toNanos();
        while (writers.stream().anyMatch(w -> w.open() > 0) && clock.getAsLong() < end) {
            LockSupport.parkNanos(20_000_000);
        }
        drinkers.forEach(Drinker::finish);
        for (Thread t : consumers) {
            t.join(Math.max(1, (end - clock.getAsLong()) / 1_000_000));
        }
    }

    private Progress progress() {
        return new Progress(
                (clock.getAsLong() - sending.get()) / 1_000_000_000,
                draining.get(),
                writers.stream().mapToLong(Writer::open).sum(),
                journal.counted());
    }
}
