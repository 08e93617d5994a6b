package io.stretchc.apply;

import io.stretchc.apply.Recorder.RecorderFault;
import io.stretchc.journal.Entry;
import io.stretchc.journal.Progress;
import io.stretchc.observe.QueryFault;
import io.stretchc.plan.Action;
import io.stretchc.plan.Condition;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Step;
import io.stretchc.plan.StepId;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.StreamState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan. Each step is done when what must hold after it is seen, so that a run that was cut off anywhere is
 * taken up by another run with the same end.
 */
public final class Engine {
    private static final Duration OUT_OF_SIGHT = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofMillis(20);
    private static final Duration LEAST = Duration.ofMillis(30);
    private static final Duration LONGEST = Duration.ofMillis(300);
    private static final Duration SLICE = Duration.ofMillis(5);
    private static final Duration TELL = Duration.ofSeconds(5);

    private final Setup setup;
    private final Guard guard;
    private final Run run;
    private @Nullable ClusterSnapshot seen;
    private @Nullable ClusterSnapshot earlier;
    private long seenAt;
    private long lookTook;
    private long added;
    private long leaseCalled;
    private Optional<CompletableFuture<Call.Reply>> again = Optional.empty();

    /**
     * What a run takes.
     *
     * @param moves streams that are moved at a time
     * @param bytes of such streams together, unless one alone has more
     */
    public record Setup(
            Plan plan,
            ResolvedTopology topology,
            Cluster cluster,
            Driver driver,
            Recorder recorder,
            Pace pace,
            Voice voice,
            Judge judge,
            Consent consent,
            int moves,
            long bytes) {}

    /** How a run ended. */
    public sealed interface End {
        /** All steps are done; invariants that do not hold are listed, a sentence each. */
        record Finished(List<String> broken) implements End {
            public Finished {
                broken = List.copyOf(broken);
            }
        }

        /** It stopped after the step that was asked for. */
        record Paused(StepId after) implements End {}
    }

    /**
     * An engine.
     *
     * @param progress of former runs
     * @param threads on which calls are made
     */
    public Engine(Setup setup, Progress progress, Executor threads) {
        this.setup = setup;
        this.guard = Guard.of(setup.plan(), setup.topology().backbone());
        this.run = new Run(setup, progress, threads);
    }

    /**
     * Carries the plan out.
     *
     * @param pauseAfter the step to stop after; none to go to the end
     */
    public End run(@Nullable StepId pauseAfter) throws Halt, RecorderFault {
        long begun = setup.pace().nanos();
        List<Step> steps = setup.plan().steps();
        int end = steps.size();
        for (int i = 0; i < steps.size(); i++) {
            end = steps.get(i).id().equals(pauseAfter) ? i + 1 : end;
        }
        List<Step> open = steps.subList(0, end).stream()
                .filter(s -> !run.progress().done(s.id()) || s.action() instanceof Action.TakeCensus)
                .toList();
        for (Block block : Block.of(open)) {
            carryOut(block);
        }
        if (end < steps.size()) {
            return new End.Paused(steps.get(end - 1).id());
        }
        long millis = (setup.pace().nanos() - begun) / 1_000_000;
        run.write(new Entry.Finished(setup.pace().now(), millis, added / 1_000_000, run.broken()));
        return new End.Finished(run.broken());
    }

    private void carryOut(Block block) throws Halt, RecorderFault {
        var waiting = new ArrayDeque<>(block.chains());
        var going = new ArrayList<Chain>();
        Duration pause = SHORTEST;
        long polled = 0;
        long told = setup.pace().nanos();
        boolean first = true;
        long blockBegun = setup.pace().nanos();
        var cost = new Cost<Chain>();
        while (true) {
            long iteration = setup.pace().nanos();
            ClusterSnapshot now = first && seen != null ? seen : look();
            guard.check(now, run.progress());
            keepRescue(now);
            var moving = new ArrayList<>(start(waiting, going, now));
            for (Chain chain : List.copyOf(going)) {
                if (!moving.contains(chain) && (chain.advance(now, earlier) || first)) {
                    moving.add(chain);
                }
            }
            going.removeIf(Chain::done);
            moving.addAll(start(waiting, going, now));
            boolean moved = !moving.isEmpty();
            cost.pay(moving, setup.pace().nanos() - iteration + polled);
            for (Chain chain : moving) {
                if (chain.done()) {
                    cost.end(chain, setup.pace().nanos() - blockBegun);
                }
            }
            first = false;
            if (waiting.isEmpty() && going.isEmpty()) {
                added += cost.added();
                return;
            }
            if (setup.pace().nanos() - told > TELL.toNanos() && !going.isEmpty()) {
                told = setup.pace().nanos();
                Doing slow = going.get(0).current();
                run.voice()
                        .say("  waiting: " + slow.waiting(now) + " ("
                                + slow.step().within().toSeconds() + " s at most)");
            }
            pause = moved ? SHORTEST : longer(pause);
            polled = rest(pause, going);
        }
    }

    /** No longer between looks than a look takes: half of the time at most is spent looking, and no result waits for long. */
    private Duration longer(Duration pause) {
        Duration more = pause.multipliedBy(3).dividedBy(2);
        Duration most = Duration.ofNanos(Math.min(LONGEST.toNanos(), Math.max(LEAST.toNanos(), lookTook)));
        return more.compareTo(most) > 0 ? most : more;
    }

    /** Waits until a call comes back, or the time is up; nanoseconds that nothing came for. */
    private long rest(Duration pause, List<Chain> going) throws Halt {
        long begun = setup.pace().nanos();
        try {
            while (setup.pace().nanos() - begun < pause.toNanos()) {
                if (going.stream().anyMatch(c -> c.current().rings())) {
                    return 0;
                }
                setup.pace().pause(going.stream().anyMatch(c -> c.current().inFlight()) ? SLICE : pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Halt(Halt.Kind.STOPPED, "Interrupted. Apply again: it goes on where it stopped.");
        }
        return setup.pace().nanos() - begun;
    }

    /** Starts chains while there is room: a stream at least, however large it is; those that it started. */
    private List<Chain> start(ArrayDeque<List<Step>> waiting, List<Chain> going, ClusterSnapshot now)
            throws Halt, RecorderFault {
        var started = new ArrayList<Chain>();
        Map<String, Long> sizes = waiting.isEmpty() ? Map.of() : sizes(now);
        long bytes = going.stream().mapToLong(c -> c.bytes).sum();
        while (!waiting.isEmpty()) {
            String key = Block.key(waiting.getFirst());
            long size = key == null ? 0 : sizes.getOrDefault(key, 0L);
            if (!going.isEmpty() && (going.size() >= setup.moves() || bytes + size > setup.bytes())) {
                return started;
            }
            var chain = new Chain(waiting.removeFirst(), size);
            going.add(chain);
            bytes += size;
            chain.advance(now, earlier);
            if (chain.done()) {
                going.remove(chain);
                bytes -= size;
            }
            started.add(chain);
        }
        return started;
    }

    private static Map<String, Long> sizes(ClusterSnapshot now) {
        var sizes = new HashMap<String, Long>();
        for (StreamState s : now.streams()) {
            sizes.put(
                    s.account() + "\n" + s.name(),
                    s.now().copies().stream().mapToLong(c -> c.bytes()).max().orElse(0));
        }
        return sizes;
    }

    private ClusterSnapshot look() throws Halt {
        while (true) {
            try {
                long begun = setup.pace().nanos();
                ClusterSnapshot now = setup.cluster().look();
                earlier = seen;
                seen = now;
                seenAt = setup.pace().nanos();
                lookTook = seenAt - begun;
                return now;
            } catch (QueryFault e) {
                boolean never = seen == null;
                boolean late = never || setup.pace().nanos() - seenAt > OUT_OF_SIGHT.toNanos();
                if (late || e.reason() == QueryFault.Reason.LOGIN || e.reason() == QueryFault.Reason.TLS) {
                    throw new Halt(
                            never ? Halt.Kind.UNREACHABLE : Halt.Kind.STOPPED,
                            e.getMessage()
                                    + (never ? "" : " Mend that, and apply again: it goes on where it stopped."));
                }
                run.voice().say("  " + e.getMessage() + " Trying again.");
                breathe();
            }
        }
    }

    private void breathe() throws Halt {
        try {
            setup.pace().pause(LONGEST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Halt(Halt.Kind.STOPPED, "Interrupted. Apply again: it goes on where it stopped.");
        }
    }

    /**
     * A rescue lasts five minutes, on each server by itself (2.15). When it ran out before the plan was through, the group
     * has no leader again, and the call is made again. Not when the survivors are a majority by themselves, as after the
     * removals: they elect without it, and one more rescue would only have to run out before all is as it should be.
     */
    private void keepRescue(ClusterSnapshot now) throws RecorderFault {
        for (Step step : setup.plan().steps()) {
            if (!(step.action() instanceof Action.RescueQuorum rescue)
                    || !run.progress().done(step.id())
                    || !new Condition.NoMetaLeader().holds(now)
                    || (now.meta().size() > 0
                            && now.members().size() >= now.meta().majority())
                    || again.map(f -> !f.isDone()).orElse(false)
                    || setup.pace().nanos() - leaseCalled
                            < Duration.ofSeconds(2).toNanos()) {
                continue;
            }
            if (step.before().stream().allMatch(c -> c.holds(now))) {
                leaseCalled = setup.pace().nanos();
                run.voice().say("  the rescue has run out, or its leader is gone: asking for it again");
                run.write(new Entry.Noted(setup.pace().now(), step.id(), "the rescue is asked for again"));
                again = new Calls(setup.cluster(), setup.driver(), setup.plan().version(), List.of(), now, () -> {})
                        .rescueQuorum(rescue)
                        .map(run::make);
            }
        }
    }

    /** Steps of one stream, one after the other. */
    private final class Chain {
        private final List<Step> steps;
        private final long bytes;
        private int at;
        private Doing current;

        Chain(List<Step> steps, long bytes) {
            this.steps = steps;
            this.bytes = bytes;
            this.current = new Doing(run, steps.get(0));
        }

        boolean done() {
            return at == steps.size();
        }

        Doing current() {
            return current;
        }

        /** Whether a step was done, or made its first call; what is repeated waits for the cluster. */
        boolean advance(ClusterSnapshot now, @Nullable ClusterSnapshot before) throws Halt, RecorderFault {
            boolean moved = false;
            while (!done()) {
                boolean called = current.called();
                boolean ready = current.advance(now, before);
                moved |= ready || called != current.called();
                if (!ready) {
                    return moved;
                }
                at++;
                if (!done()) {
                    current = new Doing(run, steps.get(at));
                }
            }
            return moved;
        }
    }
}
