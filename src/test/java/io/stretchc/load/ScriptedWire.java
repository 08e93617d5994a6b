package io.stretchc.load;

import io.stretchc.ledger.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A made-up cluster that answers as it is told: it is here for what the load does, and says nothing about NATS. */
final class ScriptedWire implements Wire {
    /** Decides what the nth sending to the stream is answered with. */
    interface Script {
        Reply to(int sending);
    }

    /** Ways to answer. */
    enum Reply {
        STORED,
        STORED_AND_SILENT,
        REFUSED,
        SILENT
    }

    private final Script script;
    private final Kind kind;
    private final List<String> stored = new ArrayList<>();
    private final List<String> subjects = new ArrayList<>();
    private final Map<String, Long> known = new HashMap<>();
    private int sendings;
    private final AtomicLong given = new AtomicLong();
    private final BlockingQueue<Taken> waiting = new LinkedBlockingQueue<>();

    ScriptedWire(Kind kind, Script script) {
        this.kind = kind;
        this.script = script;
    }

    synchronized List<String> stored() {
        return List.copyOf(stored);
    }

    synchronized List<String> subjects() {
        return List.copyOf(subjects);
    }

    @Override
    public String cluster() {
        return "STRETCH";
    }

    @Override
    public Found ensure(StreamSetup setup) {
        return new Found(kind, 3, false, Duration.ofMinutes(2), "load.*");
    }

    @Override
    public Line line(Site site, Watcher watcher) {
        watcher.connected(site.name() + "_1", true);
        return this::send;
    }

    private synchronized CompletionStage<Answer> send(
            String stream, String subject, String messageId, String text, Duration patience) {
        Reply reply = script.to(++sendings);
        if (reply == Reply.REFUSED) {
            return CompletableFuture.completedFuture(new Answer.Refused("nobody listens (503)"));
        }
        boolean duplicate = known.containsKey(messageId);
        if (reply != Reply.SILENT && !duplicate) {
            stored.add(text);
            subjects.add(subject);
            known.put(messageId, (long) stored.size());
            waiting.add(new Taken(stored.size(), text, ""));
        }
        return CompletableFuture.completedFuture(
                reply == Reply.STORED
                        ? new Answer.Stored(stream, known.getOrDefault(messageId, 0L), duplicate)
                        : new Answer.Silent());
    }

    @Override
    public Tap tap(String stream, String consumer) {
        return new Tap() {
            @Override
            public List<Taken> take(int most, Duration patience) {
                var taken = new ArrayList<Taken>();
                try {
                    Taken first = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
                    if (first != null) {
                        taken.add(first);
                        waiting.drainTo(taken, most - 1);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                given.addAndGet(taken.size());
                return taken;
            }

            @Override
            public void acknowledge(Taken message) {}

            @Override
            public OptionalLong floor() {
                return OptionalLong.of(given.get());
            }
        };
    }

    @Override
    public void close() {}
}
