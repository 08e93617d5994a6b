package io.stretchc.apply;

import io.stretchc.diag.Quote;
import io.stretchc.observe.QueryFault;
import io.stretchc.plan.Action;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Scenario;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.StreamState;
import java.util.List;
import java.util.TreeSet;

/**
 * Streams without a copy that a plan did not know of: only a meta leader lists them, and most plans of a recovery are made
 * while there is none. Removals give them up, and bring them back empty where other servers match (2.9.10, 2.10.27, 2.15.1), so
 * that before the first one the bill must name them.
 */
final class Unbilled {
    private static final int NAMED = 10;

    private final Plan plan;
    private final Cluster cluster;
    private final TreeSet<String> billed = new TreeSet<>();
    private boolean looked;

    Unbilled(Plan plan, Cluster cluster) {
        this.plan = plan;
        this.cluster = cluster;
        plan.losses().forEach(l -> billed.add(key(l.account(), l.stream())));
    }

    /**
     * Stops a recovery that would give up what nobody approved; looks once.
     *
     * @return what could not be seen; nothing when all was
     */
    List<String> check() throws Halt, QueryFault {
        if (looked || !(plan.scenario() instanceof Scenario.Recover)) {
            return List.of();
        }
        Cluster.Unheld unheld = cluster.unheld();
        List<String> others = unheld.streams().stream()
                .filter(s -> !billed.contains(key(s.account(), s.name())))
                .map(s -> s.account() + "/" + s.name())
                .sorted()
                .toList();
        looked = unheld.unseen().isEmpty();
        if (!others.isEmpty()) {
            boolean one = others.size() == 1;
            throw new Halt(
                    Halt.Kind.REFUSED,
                    (one
                                    ? "A stream of which no copy answers is"
                                    : others.size() + " streams of which no copy answers are")
                            + " not in this plan's bill, since nobody could list them when it was made: "
                            + Quote.all(others.stream().limit(NAMED).toList())
                            + (others.size() > NAMED ? " and " + (others.size() - NAMED) + " more" : "")
                            + ". Nobody is removed, which would give " + (one ? "it" : "them")
                            + " up. Plan again, to another file: that plan has " + (one ? "it" : "them")
                            + " in its bill, with a backup where there is one, and goes on from here.");
        }
        return unheld.unseen();
    }

    /** Streams that nothing was left of, that no step made anew, and that are there: they came back empty. */
    List<String> cameBack(ClusterSnapshot now) {
        var gone = new TreeSet<String>();
        plan.losses().stream()
                .filter(l -> l.fate() == LossEntry.Fate.NONE_ALIVE || l.fate() == LossEntry.Fate.SINGLE_LOST)
                .forEach(l -> gone.add(key(l.account(), l.stream())));
        plan.steps().forEach(s -> {
            if (s.action() instanceof Action.RecreateStream r) {
                gone.remove(key(r.account(), r.stream()));
            } else if (s.action() instanceof Action.RestoreStream r) {
                gone.remove(key(r.account(), r.stream()));
            }
        });
        return now.streams().stream()
                .filter(s -> s.now().leader() != null && gone.contains(key(s.account(), s.name())))
                .map(Unbilled::sentence)
                .toList();
    }

    private static String sentence(StreamState s) {
        return "the stream " + Quote.of(s.name()) + " of " + Quote.of(s.account())
                + ", of which no copy was left, is there again and takes writes: nothing that was in it came back";
    }

    private static String key(String account, String stream) {
        return account + "\n" + stream;
    }
}
