package io.stretchc.apply;

import io.stretchc.apply.Recorder.RecorderFault;
import io.stretchc.journal.Entry;
import io.stretchc.journal.Progress;
import io.stretchc.plan.Action;
import io.stretchc.plan.Condition;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Step;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.StreamSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** What the steps of one run share. */
final class Run {
    private final Engine.Setup setup;
    private final Progress progress;
    private final Executor threads;
    private final List<String> broken = new ArrayList<>();
    private final Unbilled unbilled;

    Run(Engine.Setup setup, Progress progress, Executor threads) {
        this.setup = setup;
        this.progress = progress;
        this.threads = threads;
        this.unbilled = new Unbilled(setup.plan(), setup.cluster());
    }

    Unbilled unbilled() {
        return unbilled;
    }

    Plan plan() {
        return setup.plan();
    }

    Progress progress() {
        return progress;
    }

    Pace pace() {
        return setup.pace();
    }

    Voice voice() {
        return setup.voice();
    }

    Driver driver() {
        return setup.driver();
    }

    Consent consent() {
        return setup.consent();
    }

    Judge judge() {
        return setup.judge();
    }

    /**
     * What a census asks for after what former runs did: a server that the plan started is not away any more, as a stand-in
     * of a lost one, and one that it stopped is not there any more. Of anything else the steps themselves know.
     */
    List<Condition> allowing(List<Condition> census) {
        if (!progress.anyCalled()) {
            return census;
        }
        SortedSet<ServerName> started = new TreeSet<>();
        SortedSet<ServerName> stopped = new TreeSet<>();
        for (Step step : plan().steps()) {
            if (!progress.called(step.id())) {
                continue;
            }
            if (step.action() instanceof Action.StartServer start) {
                started.add(start.server());
            }
            if (step.action() instanceof Action.StopServer stop) {
                stopped.add(stop.server());
            }
        }
        return census.stream()
                .filter(c -> c instanceof Condition.Silent || c instanceof Condition.Answering)
                .map(c -> c instanceof Condition.Silent silent
                        ? new Condition.Silent(without(silent.servers(), started))
                        : c instanceof Condition.Answering answering
                                ? new Condition.Answering(without(answering.servers(), stopped))
                                : c)
                .toList();
    }

    /** The servers that the plan's census counts on. */
    List<ServerName> countedOn() {
        return plan().steps().stream()
                .filter(s -> s.action() instanceof Action.TakeCensus)
                .flatMap(s -> allowing(s.after()).stream())
                .filter(c -> c instanceof Condition.Answering)
                .flatMap(c -> ((Condition.Answering) c).servers().stream())
                .distinct()
                .toList();
    }

    private static List<ServerName> without(List<ServerName> servers, SortedSet<ServerName> others) {
        return servers.stream().filter(s -> !others.contains(s)).toList();
    }

    Action.Visitor<java.util.Optional<Call>> calls(ClusterSnapshot seen, Cluster.Sending sending) {
        List<StreamSpec> declared = setup.topology().source().streams();
        return new Calls(setup.cluster(), setup.driver(), setup.plan().version(), declared, seen, sending);
    }

    /** Writes an entry, and only then counts it. */
    void write(Entry entry) throws RecorderFault {
        setup.recorder().write(entry);
        progress.add(entry);
    }

    /** Writes an entry from any thread; it counts for runs to come. */
    void announce(Entry entry) throws RecorderFault {
        setup.recorder().write(entry);
    }

    CompletableFuture<Call.Reply> make(Call call) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return call.making().make();
                    } catch (io.stretchc.observe.QueryFault e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    void broken(List<String> sentences) {
        broken.addAll(sentences);
    }

    List<String> broken() {
        return broken;
    }

    void told(Step step, long millis, Entry.How how) {
        int n = plan().steps().indexOf(step) + 1;
        String what = switch (how) {
            case CALLED -> "done";
            case HELD -> "is so already";
            case SEEN -> "seen";
            case DECLINED -> "declined";
        };
        voice().say("[" + n + "/" + plan().steps().size() + "] " + step.id() + ": " + what + ", "
                + String.format(Locale.ROOT, "%.1f s", millis / 1000.0));
    }

    /** What drivers say is for the operator; what servers say is for the journal. */
    void answered(Step step, String text) {
        if (step.action() instanceof Action.StartServer
                || step.action() instanceof Action.StopServer
                || step.action() instanceof Action.RestartServer
                || step.action() instanceof Action.RetagServer
                || step.action() instanceof Action.CopyStores) {
            voice().say("  " + text);
        }
    }
}
