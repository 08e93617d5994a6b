package io.stretchc.apply;

import io.stretchc.apply.Recorder.RecorderFault;
import io.stretchc.diag.Quote;
import io.stretchc.journal.Entry;
import io.stretchc.observe.QueryFault;
import io.stretchc.plan.Action;
import io.stretchc.plan.Condition;
import io.stretchc.plan.Step;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A step as it goes on, look by look: when what must hold after it holds, it is done; else, when what must hold before it
 * holds, its call is made; else it waits, until its time is up.
 */
final class Doing {
    /** After so many answers that another try will not better, it is given up. */
    private static final int MOST_FATAL = 3;

    private static final long SHORTEST_BREAK = 125_000_000;
    private static final long LONGEST_BREAK = 1_000_000_000;
    /** So long an account may fail to list its streams, as it does right after an election, before that is noted. */
    private static final long LISTING = 10_000_000_000L;

    /** So long what was made anew may be missing from what the leader lists, before it is made once more. */
    private static final long SETTLING = 10_000_000_000L;

    private final Run run;
    private final Step step;
    private final List<Condition> after;
    private final boolean calledBefore;
    private final boolean sentBefore;
    private long begun;
    private boolean hasBegun;
    private volatile boolean sending;
    private boolean called;
    private boolean replied;
    private int fatal;
    private long next;
    private long again;
    private long passing = SHORTEST_BREAK;
    private String announced = "";
    private String lastReply = "";
    private @Nullable CompletableFuture<Call.Reply> inFlight;

    Doing(Run run, Step step) {
        this.run = run;
        this.step = step;
        this.after = step.action() instanceof Action.TakeCensus ? run.allowing(step.after()) : step.after();
        this.calledBefore = run.progress().called(step.id());
        this.sentBefore = run.progress().sending(step.id());
    }

    Step step() {
        return step;
    }

    /** Whether a call has come back that nobody looked at yet. */
    boolean rings() {
        return inFlight != null && inFlight.isDone();
    }

    boolean inFlight() {
        return inFlight != null;
    }

    /** Whether a call was made at the last look. */
    boolean called() {
        return called;
    }

    /** Goes on by what was seen; whether it is done. */
    boolean advance(ClusterSnapshot seen, @Nullable ClusterSnapshot earlier) throws Halt, RecorderFault {
        if (!hasBegun) {
            hasBegun = true;
            begun = run.pace().nanos();
            run.write(new Entry.Begun(run.pace().now(), step.id()));
        }
        collect();
        if (!after.isEmpty() && !mustCall() && unmet(after, seen).isEmpty()) {
            return done(called || calledBefore ? Entry.How.CALLED : waits() ? Entry.How.SEEN : Entry.How.HELD);
        }
        if (after.isEmpty() && unmet(step.before(), seen).isEmpty() && unseen(seen, earlier)) {
            return true;
        }
        if (inFlight == null
                && run.pace().nanos() >= next
                && (unmet(step.before(), seen).isEmpty() || halfRestored(seen))) {
            if (!givesUpWhatIsBilled()) {
                return false;
            }
            Optional<Call> call = step.action().accept(run.calls(seen, this::sending));
            if (call.isPresent() && !(after.isEmpty() && replied)) {
                make(call.get());
            }
        }
        if (run.pace().nanos() - begun > step.within().toNanos()) {
            throw new Halt(Halt.Kind.STOPPED, late(seen));
        }
        return false;
    }

    /**
     * One look does not prove that a server is gone: on 2.12.15 a member was once not listed, and was again later. Nor does
     * a call that was only announced. To remove one that is no member changes nothing.
     */
    private boolean mustCall() {
        return step.action() instanceof Action.RemovePeer && (!called || inFlight != null);
    }

    /**
     * A restore that sent something, in this run or one before, and was cut off: from 2.15 on a server stores what comes as
     * it comes, and what is there may be a beginning. It is less than the backup holds, so that it is nobody's only copy.
     * Before anything was sent, what is there is somebody's, and stays.
     */
    private boolean halfRestored(ClusterSnapshot seen) {
        if (!(step.action() instanceof Action.RestoreStream restore) || !(sending || sentBefore)) {
            return false;
        }
        List<Condition> others = step.before().stream()
                .filter(c -> !(c instanceof Condition.NothingHeld))
                .toList();
        return unmet(others, seen).isEmpty()
                && seen.members().stream().noneMatch(m -> m.jetstream() == ServerState.JetStream.UNKNOWN)
                && seen.streams().stream()
                        .filter(s -> s.account().equals(restore.account())
                                && s.name().equals(restore.stream()))
                        .flatMap(s -> s.now().copies().stream())
                        .allMatch(c -> c.lastSequence() < restore.backup().lastSequence());
    }

    /** Only before the first removal: later such streams may have come back, empty. False when it could not be seen. */
    private boolean givesUpWhatIsBilled() throws Halt, RecorderFault {
        boolean first = step.action() instanceof Action.RemovePeer
                && run.plan().steps().stream()
                        .filter(s -> s.action() instanceof Action.RemovePeer)
                        .noneMatch(s -> run.progress().called(s.id()));
        if (!first) {
            return true;
        }
        try {
            List<String> unseen = run.unbilled().check();
            if (!unseen.isEmpty() && run.pace().nanos() - begun < LISTING) {
                return false; // the first answers of a leader may be late
            }
            for (String account : unseen) {
                note("streams of which no copy answers were not looked for in an account: " + account);
            }
            return true;
        } catch (QueryFault e) {
            lastReply = String.valueOf(e.getMessage());
            return false;
        }
    }

    private boolean waits() {
        return step.action() instanceof Action.AwaitMetaLeader
                || step.action() instanceof Action.AwaitMembers
                || step.action() instanceof Action.AwaitNaturalQuorum
                || step.action() instanceof Action.AwaitStream
                || step.action() instanceof Action.TakeCensus;
    }

    /** Steps that leave nothing to see in the cluster; whether it is done. */
    private boolean unseen(ClusterSnapshot seen, @Nullable ClusterSnapshot earlier) throws RecorderFault {
        if (step.action() instanceof Action.AttestLost) {
            return done(Entry.How.SEEN);
        }
        if (step.action() instanceof Action.CopyStores copy) {
            if (run.consent().copies() == Consent.Copies.DECLINED) {
                note("the operator does without copies of " + Quote.all(copy.servers()));
                return done(Entry.How.DECLINED);
            }
            if (!run.driver().copies()) {
                note("the operator says that there are copies of " + Quote.all(copy.servers()));
                return done(Entry.How.SEEN);
            }
            return replied && done(Entry.How.CALLED);
        }
        if (step.action() instanceof Action.VerifyCluster verify) {
            List<String> broken = run.judge().broken(seen, earlier, verify.without());
            boolean late = run.pace().nanos() - begun > step.within().toNanos();
            if (broken.isEmpty() || late) {
                run.broken(broken);
                for (String back : run.unbilled().cameBack(seen)) {
                    note(back);
                }
                return done(Entry.How.SEEN);
            }
            return false;
        }
        return replied && done(Entry.How.CALLED);
    }

    private void note(String text) throws RecorderFault {
        run.write(new Entry.Noted(run.pace().now(), step.id(), text));
        run.voice().say("  " + text);
    }

    private boolean done(Entry.How how) throws RecorderFault {
        long millis = (run.pace().nanos() - begun) / 1_000_000;
        run.write(new Entry.Done(run.pace().now(), step.id(), millis, how));
        run.told(step, millis, how);
        return true;
    }

    /** The same call again is announced already. */
    private void make(Call call) throws RecorderFault {
        if (!call.detail().equals(announced)) {
            announced = call.detail();
            run.write(new Entry.Called(run.pace().now(), step.id(), call.detail()));
        }
        called = true;
        replied = false;
        next = run.pace().nanos() + call.again().toNanos();
        again = call.again().toNanos();
        inFlight = run.make(call);
    }

    /** On the thread of the call: it is on disk before anything is sent. */
    private void sending() throws RecorderFault {
        run.announce(new Entry.Sending(run.pace().now(), step.id()));
        sending = true;
    }

    private void collect() throws Halt, RecorderFault {
        if (inFlight == null || !inFlight.isDone()) {
            return;
        }
        Call.Reply reply = reply(inFlight);
        inFlight = null;
        next = run.pace().nanos() + again;
        if (!reply.text().equals(lastReply)) {
            lastReply = reply.text();
            run.write(new Entry.Replied(run.pace().now(), step.id(), reply.text()));
        }
        replied = reply.good();
        if (reply.good()) {
            fatal = 0;
            if (makesAnew()) {
                next = run.pace().nanos() + SETTLING;
            }
            run.answered(step, reply.text());
        } else if (!reply.passing()) {
            fatal++;
            next = run.pace().nanos();
            if (driven() || fatal >= MOST_FATAL) {
                throw new Halt(
                        Halt.Kind.STOPPED,
                        "Step " + Quote.of(step.id()) + " cannot be done: " + reply.text()
                                + " Mend that, and apply again: it goes on here.");
            }
        } else {
            next = run.pace().nanos() + Math.min(again, passing);
            passing = Math.min(2 * passing, LONGEST_BREAK);
        }
    }

    /** It was made, and may not be listed yet: it would be deleted, and made once more. */
    private boolean makesAnew() {
        return step.action() instanceof Action.RecreateStream || step.action() instanceof Action.RestoreStream;
    }

    private boolean driven() {
        return step.action() instanceof Action.StartServer
                || step.action() instanceof Action.StopServer
                || step.action() instanceof Action.RestartServer
                || step.action() instanceof Action.RetagServer
                || step.action() instanceof Action.CopyStores;
    }

    private static Call.Reply reply(CompletableFuture<Call.Reply> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Call.Reply.passing("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof QueryFault fault) {
                return Call.Reply.passing(String.valueOf(fault.getMessage()));
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static List<Condition> unmet(List<Condition> conditions, ClusterSnapshot seen) {
        return conditions.stream().filter(c -> !c.holds(seen)).toList();
    }

    /** What it waits for, for the operator. */
    String waiting(ClusterSnapshot seen) {
        List<Condition> before = called || calledBefore ? List.of() : unmet(step.before(), seen);
        return sentences(before.isEmpty() ? unmet(after, seen) : before, seen);
    }

    private String late(ClusterSnapshot seen) {
        List<Condition> before = unmet(step.before(), seen);
        boolean never = !called && !before.isEmpty();
        return "Step " + Quote.of(step.id()) + " was not done within "
                + step.within().toSeconds() + " s: "
                + (never ? "it must hold before it that " : "it is not seen that ")
                + sentences(never ? before : unmet(after, seen), seen) + "."
                + missing(seen)
                + (step.action() instanceof Action.AwaitMembers
                        ? " One that answers and is not listed is let in when it is restarted (seen on 2.10.27)."
                        : "")
                + (lastReply.isEmpty() ? "" : " The last answer was: " + lastReply + ".")
                + " Look with `stretchc status`, and apply again: it goes on here.";
    }

    private static String sentences(List<Condition> open, ClusterSnapshot seen) {
        return open.stream()
                .map(c -> open(c, seen).sentence())
                .limit(3)
                .reduce((a, b) -> a + "; " + b)
                .orElse("its end");
    }

    /** The part of it that does not hold. */
    private static Condition open(Condition condition, ClusterSnapshot seen) {
        if (condition instanceof Condition.Answering answering) {
            return new Condition.Answering(answering.servers().stream()
                    .filter(s -> !new Condition.Answering(List.of(s)).holds(seen))
                    .toList());
        }
        if (condition instanceof Condition.MetaCurrent current) {
            return new Condition.MetaCurrent(current.servers().stream()
                    .filter(s -> !new Condition.MetaCurrent(List.of(s)).holds(seen))
                    .toList());
        }
        if (condition instanceof Condition.Silent silent) {
            return new Condition.Silent(silent.servers().stream()
                    .filter(s -> seen.server(s).isPresent())
                    .toList());
        }
        return condition;
    }

    /** Whoever the plan counts on and is not there: the first suspect, whatever is waited for. */
    private String missing(ClusterSnapshot seen) {
        List<ServerName> away =
                run.countedOn().stream().filter(s -> seen.server(s).isEmpty()).toList();
        return away.isEmpty() || step.action() instanceof Action.TakeCensus
                ? ""
                : " The plan counts on " + Quote.all(away) + ", and there is no answer from "
                        + (away.size() == 1 ? "it." : "them.");
    }
}
