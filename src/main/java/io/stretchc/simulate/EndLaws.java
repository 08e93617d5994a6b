package io.stretchc.simulate;

import io.stretchc.plan.Action;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Scenario;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Laws about what a plan leaves behind. */
final class EndLaws {
    private final Trace trace;
    private final World end;
    private final SortedSet<ServerName> here;
    private final SortedSet<ServerName> away;
    private final List<Violation> found = new ArrayList<>();

    private EndLaws(Trace trace) {
        this.trace = trace;
        this.end = trace.end();
        this.here = end.here();
        this.away = away(trace);
    }

    /** Members outside the lost site that were silent in the beginning: not the plan's to give up, and they may come back. */
    private static SortedSet<ServerName> away(Trace trace) {
        var away = new TreeSet<ServerName>();
        boolean staysAway = trace.scenario() instanceof Scenario.Fallback
                || trace.scenario() instanceof Scenario.Home
                || trace.scenario() instanceof Scenario.Replace;
        if (staysAway) {
            away.addAll(trace.start().meta().peers());
            away.removeAll(trace.start().here());
            away.removeAll(trace.scenario().servers());
        }
        if (trace.scenario() instanceof Scenario.Recover recover) {
            trace.start().nodes().values().stream()
                    .filter(n -> !recover.site().equals(n.site()))
                    .map(Node::name)
                    .filter(n -> trace.start().meta().peers().contains(n)
                            && !trace.start().here().contains(n))
                    .forEach(away::add);
        }
        return away;
    }

    static List<Violation> check(Trace trace) {
        var laws = new EndLaws(trace);
        if (trace.scenario() instanceof Scenario.Bridge) {
            laws.bridge();
        }
        if (trace.failed() != null) {
            return laws.found;
        }
        if (laws.end.meta().leader() == null) {
            laws.wrong("nobody leads the meta group");
        }
        if (trace.scenario() instanceof Scenario.Bridge) {
            laws.bridged();
        } else {
            if (trace.scenario() instanceof Scenario.Readmit readmit) {
                laws.readmitted(readmit.servers());
            } else {
                laws.members();
            }
            if (trace.scenario() instanceof Scenario.Restore restore && restore.sameNames()) {
                laws.readmitted(List.copyOf(trace.start().of(restore.site())));
            }
            laws.end.streams().values().forEach(laws::stream);
        }
        return laws.found;
    }

    private void bridge() {
        for (int step = 0; step < trace.done(); step++) {
            Action action = trace.plan().get(step);
            boolean standIn = action instanceof Action.StartServer start && start.role() == Role.STAND_IN;
            if (standIn
                    || action instanceof Action.RemovePeer
                    || action instanceof Action.MoveStream
                    || action instanceof Action.RecreateStream
                    || action instanceof Action.RestoreStream) {
                found.add(new Violation(
                        step,
                        Law.BRIDGE,
                        Words.of(action) + " cannot be taken back when site "
                                + trace.scenario().site() + " returns with its data"));
            }
        }
    }

    /** What could be written is judged by quorum: a leader that lost its followers names itself for a while (2.10.27, 2.15.1). */
    private void bridged() {
        if (!end.meta().peers().containsAll(trace.start().meta().peers())) {
            wrong("a member of the meta group is gone, though its site is to return");
        }
        for (StreamGroup stream : trace.start().streams().values()) {
            StreamGroup now = end.streams().get(stream.id());
            boolean could = Elections.streamElects(stream, trace.start().here());
            if (could && (now == null || now.leader() == null)) {
                wrong(stream.id() + " could be written in the beginning, and cannot be in the end");
            }
        }
    }

    private void readmitted(List<ServerName> servers) {
        for (ServerName server : servers) {
            Node node = end.nodes().get(server);
            if (node == null || node.role() != Role.SERVER) {
                continue;
            }
            if (!end.meta().peers().contains(server)
                    || !here.contains(server)
                    || end.removed().contains(server)) {
                wrong(server + " is no member of the meta group that runs");
            }
        }
        for (ServerName peer : trace.start().meta().peers()) {
            if (!end.meta().peers().contains(peer) && !hasRole(peer, Role.ARBITER)) {
                wrong(peer + " was a member of the meta group, and is none any more");
            }
        }
    }

    private void members() {
        long natives = here.stream().filter(s -> !hasRole(s, Role.ARBITER)).count();
        for (ServerName peer : end.meta().peers()) {
            if (!here.contains(peer) && !away.contains(peer)) {
                wrong(peer + " is still a member of the meta group, and does not run");
            }
            if (hasRole(peer, Role.ARBITER) && natives > 1) {
                wrong("arbiter " + peer + " is still a member of the meta group");
            }
            if (hasRole(peer, Role.STAND_IN) && !(trace.scenario() instanceof Scenario.Recover)) {
                wrong("stand-in " + peer + " is still a member of the meta group");
            }
        }
        for (Node node : end.nodes().values()) {
            if (node.state() == Node.State.DISABLED && !(ownWill() && wasDisabled(node))) {
                wrong(node.name() + " was removed and still runs, with its JetStream disabled");
            }
        }
        if (!end.meta().rescue().isEmpty()) {
            wrong("the quorum of " + end.meta().rescue().keySet() + " is still lowered");
        }
    }

    /** It was removed before the plan began: `plan readmit` is about that, and not every plan beside it. */
    private boolean wasDisabled(Node node) {
        Node before = trace.start().nodes().get(node.name());
        return before != null && before.state() == Node.State.DISABLED;
    }

    private boolean hasRole(ServerName name, Role role) {
        Node node = end.nodes().get(name);
        return node != null && node.role() == role;
    }

    /**
     * Where fewer servers are left than a stream has replicas, or one of its members is away elsewhere, it must at least be writable. What the bill calls gone may be
     * left alone: without its configuration it cannot be made anew.
     */
    private void stream(StreamGroup stream) {
        LossEntry entry = trace.bill().get(stream.id());
        boolean gone = entry != null
                && (entry.fate() == LossEntry.Fate.NONE_ALIVE || entry.fate() == LossEntry.Fate.SINGLE_LOST);
        if (gone && trace.plan().stream().noneMatch(a -> stream.id().equals(Subject.of(a)))) {
            return;
        }
        if (ownWill() && trace.plan().stream().noneMatch(a -> moves(a, stream))) {
            return; // that it is no worse than it was is another law
        }
        if (stream.leader() == null) {
            wrong(stream.id() + " cannot be written");
            return;
        }
        if (!Collections.disjoint(stream.copies().keySet(), away)) {
            return;
        }
        long servers = here.stream()
                .filter(s -> end.meta().peers().contains(s))
                .filter(s -> !hasRole(s, Role.ARBITER))
                .count();
        if (servers < stream.replicas() || wanting(stream) || catchesUp(stream)) {
            return;
        }
        boolean current = here.containsAll(stream.copies().keySet())
                && stream.copies().values().stream().distinct().count() == 1
                && stream.copies().values().stream().noneMatch(c -> c.blank());
        if (stream.copies().size() != stream.replicas() || !current || stream.change() != StreamGroup.Change.NONE) {
            wrong(stream.id() + " has not its " + stream.replicas() + " replicas, all current, but "
                    + stream.copies().keySet() + " of which " + here + " run");
        }
    }

    /** Its placement has too few servers, and what is planned is not about that. */
    private boolean wanting(StreamGroup stream) {
        boolean others = trace.scenario() instanceof Scenario.Readmit || trace.scenario() instanceof Scenario.Purge;
        return others
                && Placing.choose(end, List.of(), stream.tags(), stream.replicas())
                                .size()
                        < stream.replicas();
    }

    /** All its members ran from the beginning under a leader, and nothing is done to it: who is behind catches up by itself. */
    private boolean catchesUp(StreamGroup stream) {
        StreamGroup before = trace.start().streams().get(stream.id());
        SortedSet<ServerName> members = new TreeSet<>(stream.copies().keySet());
        return before != null
                && before.leader() != null
                && before.change() == StreamGroup.Change.NONE
                && members.equals(before.copies().keySet())
                && members.size() == stream.replicas()
                && trace.start().here().containsAll(members)
                && here.containsAll(members)
                && trace.plan().stream().noneMatch(a -> moves(a, stream));
    }

    private boolean ownWill() {
        return trace.scenario() instanceof Scenario.Fallback
                || trace.scenario() instanceof Scenario.Home
                || trace.scenario() instanceof Scenario.Replace;
    }

    private static boolean moves(Action action, StreamGroup stream) {
        return stream.id().equals(Subject.of(action)) && !(action instanceof Action.MoveStreamLeader);
    }

    private void wrong(String sentence) {
        found.add(new Violation(trace.done(), Law.END, sentence));
    }
}
