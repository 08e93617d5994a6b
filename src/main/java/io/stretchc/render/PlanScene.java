package io.stretchc.render;

import io.stretchc.plan.Action;
import io.stretchc.plan.Condition;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Step;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The servers before and after a plan, told by its steps and its losses alone: the census says who answers and who must
 * not, the steps who is started, removed and stopped. A plan knows the site of those that it is about and of those that it
 * starts; all others stand together.
 */
final class PlanScene {
    /** What is drawn of a server. */
    enum Mark {
        /** It answers. */
        ALIVE,
        /** A member that does not answer. */
        DEAD,
        /** A name that must not answer; it need not be a member. */
        SILENT,
        /** The plan starts it. */
        STARTED,
        /** No member any more. */
        REMOVED,
        /** Stopped for good. */
        STOPPED
    }

    /**
     * A server in a picture.
     *
     * @param here whether it stands in the site that the plan is about
     * @param role what it is, where the plan tells
     * @param leads whether the plan lets it lead the meta group in the end
     * @param holds streams of which it has a copy that the plan relies on
     */
    record Figure(ServerName name, boolean here, @Nullable Role role, Mark mark, boolean leads, List<String> holds) {
        Figure marked(Mark other) {
            return new Figure(name, here, role, other, leads, holds);
        }
    }

    private final Plan plan;
    private final TreeMap<String, Figure> figures = new TreeMap<>();
    private final List<Figure> before;
    private final List<Figure> after;

    PlanScene(Plan plan) {
        this.plan = plan;
        census();
        this.before = inOrder();
        figures.replaceAll((k, f) -> new Figure(f.name(), f.here(), f.role(), f.mark(), false, List.of()));
        plan.steps().forEach(s -> take(s.action()));
        this.after = inOrder();
    }

    List<Figure> before() {
        return before;
    }

    List<Figure> after() {
        return after;
    }

    private List<Figure> inOrder() {
        var list = new ArrayList<>(figures.values());
        list.sort(Comparator.comparing(Figure::name).thenComparing(Figure::here));
        return List.copyOf(list);
    }

    private void census() {
        var members = new TreeSet<ServerName>();
        var stopped = new TreeMap<ServerName, Role>();
        for (Step step : plan.steps()) {
            if (step.action() instanceof Action.RemovePeer remove) {
                members.add(remove.server());
            } else if (step.action() instanceof Action.StopServer stop) {
                stopped.put(stop.server(), stop.role());
            } else if (step.action() instanceof Action.StartServer start && start.role() == Role.STAND_IN) {
                members.add(start.server());
            }
        }
        var started = new TreeSet<ServerName>();
        for (Step step : plan.steps()) {
            if (step.action() instanceof Action.TakeCensus) {
                step.after().forEach(c -> seen(c, members, stopped));
            } else if (step.action() instanceof Action.StartServer start) {
                started.add(start.server());
            } else if (step.action() instanceof Action.RemovePeer remove && !started.contains(remove.server())) {
                add(remove.server(), !answers(remove.server()), stopped.get(remove.server()), Mark.DEAD);
            }
        }
    }

    private boolean answers(ServerName name) {
        return figures.containsKey(key(name, false));
    }

    private boolean named(ServerName name) {
        return plan.scenario().servers().contains(name);
    }

    private boolean here(ServerName name, SiteName site) {
        return plan.scenario().site() == null
                ? named(name)
                : site.equals(plan.scenario().site());
    }

    /** Of a site that is lost nobody answers; elsewhere it is the servers that the plan names. */
    private boolean away(ServerName name) {
        return plan.scenario().site() != null || named(name);
    }

    private void seen(Condition condition, SortedSet<ServerName> members, SortedMap<ServerName, Role> stopped) {
        if (condition instanceof Condition.Answering up) {
            up.servers().forEach(n -> add(n, named(n), stopped.get(n), Mark.ALIVE));
        } else if (condition instanceof Condition.Silent down) {
            down.servers().forEach(n -> add(n, away(n), null, members.contains(n) ? Mark.DEAD : Mark.SILENT));
        }
    }

    private void add(ServerName name, boolean here, @Nullable Role role, Mark mark) {
        List<String> holds = plan.losses().stream()
                .filter(l -> mark == Mark.ALIVE && l.survivors().contains(name))
                .map(LossEntry::stream)
                .toList();
        figures.putIfAbsent(key(name, here), new Figure(name, here, role, mark, false, holds));
    }

    private static String key(ServerName name, boolean here) {
        return name.text() + (here ? " here" : " there");
    }

    private void take(Action action) {
        if (action instanceof Action.StartServer start) {
            boolean here = here(start.server(), start.site());
            figures.put(
                    key(start.server(), here),
                    new Figure(start.server(), here, start.role(), Mark.STARTED, false, List.of()));
        } else if (action instanceof Action.RemovePeer remove) {
            change(remove.server(), Mark.REMOVED);
        } else if (action instanceof Action.StopServer stop) {
            change(stop.server(), Mark.STOPPED);
        } else if (action instanceof Action.MoveMetaLeader move) {
            figures.replaceAll((k, f) -> new Figure(
                    f.name(),
                    f.here(),
                    f.role(),
                    f.mark(),
                    runs(f) && move.preferred().contains(f.name()),
                    f.holds()));
        }
    }

    private static boolean runs(Figure f) {
        return f.mark() == Mark.ALIVE || f.mark() == Mark.STARTED;
    }

    /** Of two of one name, the one that runs: the other is the lost one that it stands in for. */
    private void change(ServerName name, Mark mark) {
        for (String key : List.of(key(name, false), key(name, true))) {
            Figure f = figures.get(key);
            if (f != null && (runs(f) || mark != Mark.STOPPED || f.mark() == Mark.REMOVED)) {
                figures.put(key, f.marked(mark));
                return;
            }
        }
    }
}
