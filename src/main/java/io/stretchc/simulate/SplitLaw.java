package io.stretchc.simulate;

import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Never two disjoint sets of servers that could both elect a leader of the same group. A site that does not answer is
 * taken for alive, with the members as it last knew them, until a person said that it is gone: in the runs with a live
 * partition (2.10.27, 2.15.1) it kept its leaders and went on acknowledging. A way back answers for what it does, not for
 * what it finds: a rescue that goes on was attested when it was made.
 */
final class SplitLaw {
    private final Trace trace;
    private final TreeSet<String> told = new TreeSet<>();
    private final List<Violation> found = new ArrayList<>();

    private SplitLaw(Trace trace) {
        this.trace = trace;
    }

    static List<Violation> check(Trace trace) {
        var law = new SplitLaw(trace);
        if (trace.lost() == null) {
            law.at(0, trace.start());
            law.found.clear();
        }
        for (int step = 0; step <= trace.done(); step++) {
            law.at(Math.max(0, step - 1), trace.worlds().get(step));
        }
        return law.found;
    }

    private void at(int step, World world) {
        SortedSet<ServerName> here = world.here();
        if (Elections.metaSplits(world, here)) {
            tell(step, "meta here", "two parts of " + here + " could each elect a leader of the meta group");
        }
        SortedSet<ServerName> there = elsewhere(world);
        if (there.isEmpty()) {
            return;
        }
        if (Elections.metaElects(trace.start(), there) && Elections.metaElects(world, here)) {
            tell(step, "meta", both("the meta group", there, here));
        }
        for (Map.Entry<StreamGroup.Id, StreamGroup> e : world.streams().entrySet()) {
            StreamGroup before = trace.start().streams().get(e.getKey());
            if (before != null && Elections.streamElects(before, there) && Elections.streamElects(e.getValue(), here)) {
                tell(step, e.getKey().toString(), both(e.getKey().toString(), there, here));
            }
        }
    }

    private static String both(String group, SortedSet<ServerName> there, SortedSet<ServerName> here) {
        return "if " + there + " are cut off and alive, they can elect a leader of " + group + ", and so can " + here;
    }

    /** Servers that nobody attested to be gone, and that do not answer. */
    private SortedSet<ServerName> elsewhere(World world) {
        var there = new TreeSet<ServerName>();
        for (SiteName site : trace.start().cuts().keySet()) {
            if (!world.attested().contains(site)) {
                trace.start().of(site).stream()
                        .filter(name -> !back(world, name, site))
                        .forEach(there::add);
            }
        }
        return there;
    }

    /** Whether the server itself answers now; a stand-in of the same name runs elsewhere, and is another. */
    private static boolean back(World world, ServerName name, SiteName site) {
        Node node = world.nodes().get(name);
        return node != null
                && site.equals(node.site())
                && node.role() != Role.STAND_IN
                && world.here().contains(name);
    }

    private void tell(int step, String group, String sentence) {
        if (told.add(group)) {
            found.add(new Violation(step, Law.SPLIT, sentence));
        }
    }
}
