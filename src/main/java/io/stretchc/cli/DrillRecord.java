package io.stretchc.cli;

import io.stretchc.drill.Applied;
import io.stretchc.drill.AuditFacts;
import io.stretchc.drill.Mark;
import io.stretchc.plan.Backup;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What came of a drill so far: moments, plans carried out, faults. */
final class DrillRecord {
    private final List<Instant> moments = new ArrayList<>();
    private final List<Mark.Kind> kinds = new ArrayList<>();
    private final List<Applied> applied = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final SortedMap<String, Long> held = new TreeMap<>();
    private @Nullable AuditFacts audit;
    private String technique = "";
    private boolean broken;
    private boolean refused;

    void mark(Mark.Kind kind) {
        mark(kind, Instant.now());
    }

    void mark(Mark.Kind kind, Instant at) {
        kinds.add(kind);
        moments.add(at);
    }

    void unmark(Mark.Kind kind) {
        int at = kinds.lastIndexOf(kind);
        kinds.remove(at);
        moments.remove(at);
    }

    /** The moments so far, held against when the load began. */
    List<Mark> marks(Instant zero) {
        var marks = new ArrayList<Mark>();
        for (int i = 0; i < kinds.size(); i++) {
            marks.add(new Mark(
                    kinds.get(i), Duration.between(zero, moments.get(i)).toNanos()));
        }
        marks.sort(Comparator.comparingLong(Mark::at).thenComparing(Mark::kind));
        return marks;
    }

    /** Takes down how the plan works. */
    void technique(Plan plan) {
        technique = plan.strategy().technique() == null
                ? "none needed"
                : plan.strategy().technique().title();
    }

    String technique() {
        return technique;
    }

    /** Takes down what survivors or a backup hold by the bill of a plan; of a stream that kept its majority nothing may be lost at all. */
    void bill(Plan plan) {
        held.clear();
        for (LossEntry loss : plan.losses()) {
            boolean whole = loss.fate() == LossEntry.Fate.MAJORITY_ALIVE || loss.fate() == LossEntry.Fate.SINGLE_ALIVE;
            if (!whole) {
                Backup backup = loss.backup();
                held.put(loss.stream(), backup == null ? loss.lastSequence() : backup.lastSequence());
            }
        }
    }

    /** The last sequence that a survivor has, by stream; a stream that is not in it keeps all. */
    SortedMap<String, Long> held() {
        return held;
    }

    void applied(Applied plan) {
        applied.add(plan);
    }

    List<Applied> applied() {
        return List.copyOf(applied);
    }

    void audit(AuditFacts facts) {
        audit = facts;
    }

    @Nullable
    AuditFacts audit() {
        return audit;
    }

    /** Something is out of order, or, when broken, an invariant or a promise is. */
    void fault(String sentence, boolean breaks) {
        faults.add(sentence);
        broken |= breaks;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    boolean broken() {
        return broken;
    }

    /** The plan was refused, as this version must. */
    void refused() {
        refused = true;
    }

    boolean wasRefused() {
        return refused;
    }
}
