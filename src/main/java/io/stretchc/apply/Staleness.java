package io.stretchc.apply;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Action;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What changed since a plan was made: it is held against the plan that would be made now. Sequences and counts move by
 * themselves and are not compared; each step checks those that it rests on. Nor are waits for streams: under load a
 * replica is a message behind in one look and in the next it is not, so that a plan has the wait and the other has not. What
 * is waited for in vain holds already, and the end of every plan is verified.
 */
public final class Staleness {
    private Staleness() {}

    /** The differences, a sentence each; none when the same would be done. */
    public static List<String> between(Plan approved, Plan now) {
        var found = new ArrayList<String>();
        if (!approved.topology().hash().equals(now.topology().hash())) {
            found.add("the topology is another than the one that it was made from");
        }
        if (!approved.version().equals(now.version())) {
            found.add("the oldest nats-server that answers is " + now.version() + ", it was " + approved.version());
        }
        if (!Objects.equals(approved.strategy().technique(), now.strategy().technique())) {
            found.add(
                    "the quorum would be had in another way: " + now.strategy().reason());
        }
        losses(approved, now, found);
        steps(approved, now, found);
        return found;
    }

    private static void losses(Plan approved, Plan now, List<String> found) {
        Map<String, LossEntry> before = bill(approved);
        Map<String, LossEntry> after = bill(now);
        after.forEach((stream, entry) -> {
            LossEntry old = before.get(stream);
            if (old == null) {
                found.add("the stream " + Quote.of(stream) + " is touched by the loss, and was not");
            } else if (old.fate() != entry.fate()
                    || !new TreeSet<>(old.survivors()).equals(new TreeSet<>(entry.survivors()))) {
                found.add("the stream " + Quote.of(stream) + " has its copies on " + Quote.all(entry.survivors())
                        + ", and had them on " + Quote.all(old.survivors()));
            }
        });
        before.keySet().stream()
                .filter(s -> !after.containsKey(s))
                .filter(s -> !unseen(before.get(s)))
                .forEach(s -> found.add("the stream " + Quote.of(s) + " is not touched by the loss any more"));
    }

    /** What no survivor holds is listed only while a leader, if only one that lost its followers, names itself. */
    private static boolean unseen(@Nullable LossEntry entry) {
        return entry != null && entry.survivors().isEmpty();
    }

    private static Map<String, LossEntry> bill(Plan plan) {
        var bill = new LinkedHashMap<String, LossEntry>();
        plan.losses().forEach(l -> bill.put(l.account() + "/" + l.stream(), l));
        return bill;
    }

    private static void steps(Plan approved, Plan now, List<String> found) {
        Map<String, Step> before = byId(approved);
        Map<String, Step> after = byId(now);
        after.forEach((id, step) -> {
            Step old = before.get(id);
            if (old == null) {
                found.add("there would be a further step, " + Quote.of(id));
            } else if (!old.action().equals(step.action())) {
                found.add("the step " + Quote.of(id) + " would do something else");
            } else if (old.risk() != step.risk()) {
                found.add("the step " + Quote.of(id) + " is " + word(step) + ", and the plan calls it " + word(old));
            }
        });
        before.keySet().stream()
                .filter(id -> !after.containsKey(id))
                .forEach(id -> found.add("there would be no step " + Quote.of(id)));
        if (found.isEmpty() && !List.copyOf(before.keySet()).equals(List.copyOf(after.keySet()))) {
            found.add("the steps would come in another order");
        }
    }

    private static String word(Step step) {
        return step.risk().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Step> byId(Plan plan) {
        var steps = new LinkedHashMap<String, Step>();
        plan.steps().stream()
                .filter(s -> !(s.action() instanceof Action.AwaitStream))
                .forEach(s -> steps.put(s.id().text(), s));
        return steps;
    }
}
