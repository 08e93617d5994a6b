package io.stretchc.simulate;

import io.stretchc.plan.Action;
import io.stretchc.plan.LossEntry;
import io.stretchc.simulate.StreamGroup.Copy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Streams that are alike: the same members, who of them holds how much compared with the others, the same placement, the
 * same fate in the bill, and the same steps between the same steps of the cluster. Streams do not act on each other, so
 * that what is proved of one of them holds for all, and a plan for 100,000 streams is proved by a few.
 *
 * @param start the world with one stream of each shape
 * @param plan the steps of the cluster and of those streams
 * @param steps for each of these, its index in the whole plan
 */
record Shapes(World start, List<Action> plan, List<Integer> steps) {
    Shapes {
        plan = List.copyOf(plan);
        steps = List.copyOf(steps);
    }

    static Shapes of(World start, List<Action> plan, List<LossEntry> bill) {
        Map<StreamGroup.Id, StringBuilder> done = new HashMap<>();
        int common = 0;
        for (Action action : plan) {
            StreamGroup.Id id = Subject.of(action);
            if (id == null) {
                common++;
            } else {
                done.computeIfAbsent(id, k -> new StringBuilder())
                        .append('\n')
                        .append(common)
                        .append(Subject.without(action));
            }
        }
        Map<StreamGroup.Id, LossEntry> entries = new HashMap<>();
        bill.forEach(e -> entries.put(new StreamGroup.Id(e.account(), e.stream()), e));
        var kept = new TreeMap<StreamGroup.Id, StreamGroup>();
        var seen = new HashSet<String>();
        start.streams().forEach((id, s) -> {
            String shape = shape(s, entries.get(id)) + done.getOrDefault(id, new StringBuilder());
            if (seen.add(shape)) {
                kept.put(id, s);
            }
        });
        var shorter = new ArrayList<Action>();
        var steps = new ArrayList<Integer>();
        var left = new HashSet<>(start.streams().keySet());
        left.removeAll(kept.keySet());
        for (int step = 0; step < plan.size(); step++) {
            StreamGroup.Id id = Subject.of(plan.get(step));
            if (id == null || !left.contains(id)) {
                shorter.add(plan.get(step));
                steps.add(step);
            }
        }
        return new Shapes(start.with(kept), shorter, steps);
    }

    private static String shape(StreamGroup s, @Nullable LossEntry entry) {
        var ranks = new ArrayList<>(new TreeSet<>(s.copies().values()));
        ranks.remove(Copy.BLANK);
        ranks.remove(Copy.UNSEEN);
        var text = new StringBuilder()
                .append(s.replicas())
                .append(s.tags())
                .append(s.leader())
                .append(s.change())
                .append(s.recreated());
        s.copies().forEach((server, copy) -> {
            text.append(' ').append(server).append('=');
            if (copy.blank()) {
                text.append("blank");
            } else if (copy.equals(Copy.UNSEEN)) {
                text.append("unseen");
            } else {
                text.append(ranks.indexOf(copy));
            }
        });
        if (entry != null) {
            long most = ranks.isEmpty() ? 0 : ranks.get(ranks.size() - 1).last();
            text.append(entry.fate()).append(entry.lastSequence() > most);
        }
        return text.toString();
    }
}
