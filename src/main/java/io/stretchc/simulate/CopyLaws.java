package io.stretchc.simulate;

import io.stretchc.plan.Action;
import io.stretchc.quorum.Quorum;
import io.stretchc.simulate.StreamGroup.Copy;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Laws about the copies of streams: who may be evicted or stopped, and what must never be gone. */
final class CopyLaws {
    private final Trace trace;
    private final TreeSet<String> told = new TreeSet<>();
    private final List<Violation> found = new ArrayList<>();

    private CopyLaws(Trace trace) {
        this.trace = trace;
    }

    static List<Violation> check(Trace trace) {
        var laws = new CopyLaws(trace);
        for (int step = 0; step < trace.done(); step++) {
            laws.step(step, trace.plan().get(step), trace.before(step));
            laws.world(step, trace.before(step + 1));
        }
        return laws.found;
    }

    private void step(int step, Action action, World world) {
        if (action instanceof Action.RemovePeer removal) {
            world.streams().values().forEach(s -> evicted(step, s, removal.server(), world));
            world.streams().values().forEach(s -> holderGone(step, s, removal.server(), world, action));
            world.streams().values().forEach(s -> emptied(step, s, removal.server()));
        } else if (action instanceof Action.RemovePeerId removal) {
            ServerName server = Peers.named(world, removal.peer());
            world.streams().values().forEach(s -> evicted(step, s, server, world));
        } else if (action instanceof Action.RemoveStreamPeer removal) {
            StreamGroup stream = world.streams().get(new StreamGroup.Id(removal.account(), removal.stream()));
            if (stream != null) {
                ServerName server = Peers.named(world, removal.peer());
                evicted(step, stream, server, world);
                holderGone(step, stream, server, world, action);
            }
        } else if (action instanceof Action.RestartServer restart) {
            restarted(step, restart.server(), world);
        } else if (action instanceof Action.StopServer stop) {
            world.streams().values().forEach(s -> holderGone(step, s, stop.server(), world, action));
        } else if (action instanceof Action.MoveStream move) {
            StreamGroup stream = world.streams().get(new StreamGroup.Id(move.account(), move.stream()));
            if (stream != null
                    && !Elections.streamElects(stream, world.here())
                    && !trace.bill().containsKey(stream.id())) {
                found.add(new Violation(
                        step,
                        Law.EVICTION,
                        Words.of(action) + " gives up copies that are out of reach, and the bill does not say so"));
            }
        }
    }

    /** What is only there is away for some seconds, whatever is done. */
    private void restarted(int step, ServerName server, World world) {
        SortedSet<ServerName> others = new TreeSet<>(world.here());
        others.remove(server);
        if (world.meta().leader() != null && !Elections.metaElects(world, others)) {
            found.add(new Violation(
                    step, Law.RESTART, "without " + server + " the meta group has no quorum, while it is restarted"));
        }
        for (StreamGroup stream : world.streams().values()) {
            boolean shared =
                    stream.copies().containsKey(server) && stream.copies().size() > 1;
            if (shared && stream.leader() != null && !Elections.streamElects(stream, others)) {
                found.add(new Violation(
                        step,
                        Law.RESTART,
                        "without " + server + " " + stream.id() + " has no quorum, while it is restarted"));
            }
        }
    }

    private void evicted(int step, StreamGroup stream, ServerName server, World world) {
        Copy copy = stream.copies().get(server);
        if (copy == null || copy.blank() || trace.bill().containsKey(stream.id())) {
            return;
        }
        SortedSet<ServerName> here = world.here();
        long safe = stream.copies().entrySet().stream()
                .filter(e -> !e.getKey().equals(server) && here.contains(e.getKey()))
                .filter(e -> !e.getValue().blank())
                .filter(e -> copy.equals(Copy.UNSEEN) || e.getValue().compareTo(copy) >= 0)
                .count();
        int needed = here.contains(server)
                ? Quorum.of(stream.replicas())
                : Quorum.of(stream.copies().size());
        if (safe < Math.max(1, needed)) {
            found.add(new Violation(
                    step,
                    Law.EVICTION,
                    "the removal of " + server + " gives up a copy of " + stream.id() + ", of which " + safe
                            + " others are at hand, and the bill does not say so"));
        }
    }

    /** A stream that is to be made anew does not come back by itself before. */
    private void emptied(int step, StreamGroup before, ServerName server) {
        World after = trace.before(step + 1);
        StreamGroup now = after.streams().get(before.id());
        boolean electsEmpty = now != null
                && !Elections.streamElects(before, trace.before(step).here())
                && Elections.streamElectsBlank(now, after.here());
        if (electsEmpty && trace.plan().stream().skip(step).anyMatch(a -> anew(a, before))) {
            tell(
                    step,
                    Law.EMPTY,
                    before.id(),
                    "the removal of " + server + " brings " + before.id()
                            + " back empty, and it takes writes before it is made anew");
        }
    }

    private static boolean anew(Action action, StreamGroup stream) {
        boolean makes = action instanceof Action.RestoreStream || action instanceof Action.RecreateStream;
        return makes && stream.id().equals(Subject.of(action));
    }

    private void holderGone(int step, StreamGroup stream, ServerName server, World world, Action action) {
        Copy copy = stream.copies().getOrDefault(server, Copy.BLANK);
        SortedSet<ServerName> here = world.here();
        boolean blanks = stream.copies().entrySet().stream()
                .anyMatch(e -> here.contains(e.getKey()) && e.getValue().blank());
        if (here.contains(server) && !copy.blank() && blanks) {
            found.add(new Violation(
                    step,
                    Law.HOLDER,
                    Words.of(action) + " takes away a copy of " + stream.id() + " while blank members of it exist"));
        }
    }

    private void world(int step, World world) {
        SortedSet<ServerName> here = world.here();
        for (StreamGroup stream : world.streams().values()) {
            Optional<Copy> now = best(stream, here);
            if (now.isEmpty() && Elections.streamElectsBlank(stream, here) && hasHolder(stream, world)) {
                tell(
                        step,
                        Law.HOLDER,
                        stream.id(),
                        "blank members can elect an empty leader of " + stream.id()
                                + " while those that hold its messages are away");
            }
            StreamGroup start = trace.start().streams().get(stream.id());
            Optional<Copy> then =
                    start == null ? Optional.empty() : best(start, trace.start().here());
            if (then.isPresent() && (now.isEmpty() || now.get().compareTo(then.get()) < 0)) {
                tell(
                        step,
                        Law.DATA,
                        stream.id(),
                        "a survivor held " + stream.id() + " up to "
                                + then.get().last() + ", and after "
                                + Words.of(trace.plan().get(step)) + " nobody who runs does");
            }
        }
    }

    /** Whether a copy with messages exists on a server that does not answer and that nobody gave up. */
    private static boolean hasHolder(StreamGroup stream, World world) {
        return stream.copies().entrySet().stream()
                .filter(e -> !e.getValue().blank() && !world.here().contains(e.getKey()))
                .anyMatch(e -> {
                    Node node = world.nodes().get(e.getKey());
                    SiteName site = node == null ? null : node.site();
                    return site == null || !world.attested().contains(site);
                });
    }

    private static Optional<Copy> best(StreamGroup stream, SortedSet<ServerName> here) {
        return stream.copies().entrySet().stream()
                .filter(e -> here.contains(e.getKey()) && !e.getValue().blank())
                .map(e -> e.getValue())
                .max(Comparator.naturalOrder());
    }

    private void tell(int step, Law law, StreamGroup.Id stream, String sentence) {
        if (told.add(law + " " + stream)) {
            found.add(new Violation(step, law, sentence));
        }
    }
}
