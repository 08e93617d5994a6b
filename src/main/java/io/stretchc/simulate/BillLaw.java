package io.stretchc.simulate;

import io.stretchc.plan.Action;
import io.stretchc.plan.Backup;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.LossEntry.Fate;
import io.stretchc.plan.Scenario;
import io.stretchc.simulate.StreamGroup.Copy;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;

/** What the bill of a recovery says of each stream that lost its majority, held against what the servers hold. */
final class BillLaw {
    private BillLaw() {}

    static List<Violation> check(Trace trace) {
        var found = new ArrayList<Violation>();
        if (!(trace.scenario() instanceof Scenario.Recover)) {
            return found;
        }
        SortedSet<ServerName> here = trace.start().here();
        for (StreamGroup stream : trace.start().streams().values()) {
            LossEntry entry = trace.bill().get(stream.id());
            if (entry == null && !Elections.streamElects(stream, here)) {
                found.add(wrong(stream.id() + " lost its majority, and the bill does not name it"));
            } else if (entry != null) {
                check(stream, here, entry, found);
            }
        }
        backups(trace, found);
        return found;
    }

    private static void check(StreamGroup stream, SortedSet<ServerName> here, LossEntry entry, List<Violation> found) {
        var held = new TreeMap<>(stream.copies());
        held.keySet().retainAll(here);
        held.values().removeIf(c -> c.blank());
        Fate fate = fate(stream, held.size(), Elections.streamElects(stream, here));
        if (entry.fate() != fate && !asItsBackupSays(entry, fate)) {
            found.add(wrong("the bill says " + entry.fate() + " of " + stream.id() + ", and it is " + fate));
        }
        long most = held.values().stream().mapToLong(Copy::last).max().orElse(0);
        if (entry.lastSequence() > most) {
            found.add(wrong("the bill promises " + stream.id() + " up to " + entry.lastSequence()
                    + ", and survivors hold it up to " + most));
        }
    }

    /** Of a stream that is gone with its configuration only the backup tells how many replicas it had. */
    private static boolean asItsBackupSays(LossEntry entry, Fate guessed) {
        Backup backup = entry.backup();
        boolean gone = guessed == Fate.SINGLE_LOST || guessed == Fate.NONE_ALIVE;
        return backup != null && gone && entry.fate() == (backup.replicas() == 1 ? Fate.SINGLE_LOST : Fate.NONE_ALIVE);
    }

    /** What comes back from a backup is said, and what is said to come back does. */
    private static void backups(Trace trace, List<Violation> found) {
        var restored = new TreeMap<StreamGroup.Id, Backup>();
        for (Action action : trace.plan()) {
            if (action instanceof Action.RestoreStream r) {
                restored.put(new StreamGroup.Id(r.account(), r.stream()), r.backup());
            }
        }
        trace.bill().forEach((id, entry) -> {
            Backup said = entry.backup();
            Backup used = restored.remove(id);
            if (said != null && !said.equals(used)) {
                found.add(wrong("the bill says that " + id + " comes back from a backup, and no step restores it"));
            }
            if (said == null && used != null) {
                found.add(wrong(id + " is restored from a backup, and the bill does not say so"));
            }
        });
        restored.keySet()
                .forEach(id -> found.add(wrong(id + " is restored from a backup, and the bill does not name it")));
    }

    private static Fate fate(StreamGroup stream, int held, boolean quorate) {
        if (stream.replicas() == 1) {
            return held > 0 ? Fate.SINGLE_ALIVE : Fate.SINGLE_LOST;
        }
        if (held == 0) {
            return Fate.NONE_ALIVE;
        }
        if (quorate) {
            return Fate.MAJORITY_ALIVE;
        }
        return held == 1 ? Fate.ONE_COPY_ALIVE : Fate.MINORITY_ALIVE;
    }

    private static Violation wrong(String sentence) {
        return new Violation(0, Law.BILL, sentence);
    }
}
