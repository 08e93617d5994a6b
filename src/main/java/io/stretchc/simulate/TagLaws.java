package io.stretchc.simulate;

import io.stretchc.plan.Action;
import io.stretchc.plan.Scenario;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Laws about tags, and about streams that are given other servers while no site is lost. */
final class TagLaws {
    private final Trace trace;
    private final TreeSet<String> told = new TreeSet<>();
    private final List<Violation> found = new ArrayList<>();

    private TagLaws(Trace trace) {
        this.trace = trace;
    }

    static List<Violation> check(Trace trace) {
        var laws = new TagLaws(trace);
        for (int step = 0; step < trace.done(); step++) {
            if (trace.plan().get(step) instanceof Action.RetagServer retag) {
                laws.retagged(step, retag.server());
            }
            laws.unique(step);
            if (laws.ownWill()) {
                laws.writable(step);
            }
        }
        if (laws.ownWill() && trace.failed() == null) {
            trace.start().streams().values().forEach(laws::copies);
        }
        return laws.found;
    }

    /** Nobody was lost with a site: what is done is done because it is better. */
    private boolean ownWill() {
        return trace.scenario() instanceof Scenario.Fallback
                || trace.scenario() instanceof Scenario.Home
                || trace.scenario() instanceof Scenario.Replace;
    }

    private void retagged(int step, ServerName server) {
        Node before = trace.before(step).nodes().get(server);
        Node after = trace.before(step + 1).nodes().get(server);
        if (before == null || after == null) {
            return;
        }
        if (!unique(before).equals(unique(after))) {
            tell(step, Law.TAGS, server.text(), server + " would have another unique tag than it had");
        }
        for (StreamGroup s : trace.before(step).streams().values()) {
            if (s.copies().containsKey(server)
                    && before.tags().containsAll(s.tags())
                    && !after.tags().containsAll(s.tags())) {
                tell(step, Law.TAGS, s.id().toString(), s.id() + " would stay on " + server + ", without its tags");
            }
        }
    }

    private Optional<String> unique(Node node) {
        String prefix = trace.start().uniquePrefix();
        return prefix.isEmpty()
                ? Optional.empty()
                : node.tags().stream().filter(t -> t.startsWith(prefix)).findFirst();
    }

    private void unique(int step) {
        World world = trace.before(step + 1);
        for (StreamGroup s : world.streams().values()) {
            StreamGroup start = trace.start().streams().get(s.id());
            if (shared(world, s) > (start == null ? 0 : shared(trace.start(), start))) {
                tell(
                        step,
                        Law.UNIQUE,
                        s.id().toString(),
                        s.id() + " would have two replicas with one unique tag: "
                                + s.copies().keySet());
            }
        }
    }

    /** How many members have a unique tag that another has. */
    private int shared(World world, StreamGroup stream) {
        List<String> values = stream.copies().keySet().stream()
                .flatMap(n -> Optional.ofNullable(world.nodes().get(n)).stream())
                .flatMap(n -> unique(n).stream())
                .toList();
        return values.size() - new TreeSet<>(values).size();
    }

    private void writable(int step) {
        SortedSet<ServerName> then = trace.start().here();
        World world = trace.before(step + 1);
        for (StreamGroup start : trace.start().streams().values()) {
            StreamGroup now = world.streams().get(start.id());
            boolean could = Elections.streamElects(start, then);
            if (could && (now == null || !Elections.streamElects(now, world.here()))) {
                tell(
                        step,
                        Law.WORSE,
                        start.id().toString(),
                        start.id() + " could be written in the beginning, and cannot after "
                                + Words.of(trace.plan().get(step)));
            }
        }
    }

    /** A stream that comes home has the sites of its home; all others keep theirs. */
    private void copies(StreamGroup start) {
        World end = trace.end();
        StreamGroup now = end.streams().get(start.id());
        long had = full(start, trace.start().here());
        if (now == null || full(now, end.here()) < had) {
            tell(trace.done(), Law.WORSE, start.id().toString(), start.id() + " has fewer copies than it had");
            return;
        }
        boolean home = trace.scenario() instanceof Scenario.Home
                || (trace.scenario() instanceof Scenario.Fallback f && f.undo());
        if (!home && sites(end, now) < sites(trace.start(), start)) {
            tell(trace.done(), Law.WORSE, start.id().toString(), start.id() + " is in fewer sites than it was");
        }
    }

    private static long full(StreamGroup stream, SortedSet<ServerName> here) {
        return stream.copies().entrySet().stream()
                .filter(e -> here.contains(e.getKey()) && !e.getValue().blank())
                .count();
    }

    private static int sites(World world, StreamGroup stream) {
        var sites = new TreeSet<SiteName>();
        stream.copies().keySet().stream()
                .flatMap(n -> Optional.ofNullable(world.nodes().get(n)).stream())
                .map(Node::site)
                .filter(Objects::nonNull)
                .forEach(sites::add);
        return sites.size();
    }

    private void tell(int step, Law law, String about, String sentence) {
        if (told.add(law + " " + about)) {
            found.add(new Violation(step, law, sentence));
        }
    }
}
