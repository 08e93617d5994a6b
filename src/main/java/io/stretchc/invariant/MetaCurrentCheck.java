package io.stretchc.invariant;

import io.stretchc.quorum.Quorum;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.MetaGroup;
import io.stretchc.status.Attendance;
import java.util.List;

/** A member that does not answer is not current, whatever the leader says of it. */
final class MetaCurrentCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        MetaGroup meta = evidence.now().meta();
        Attendance who = evidence.who();
        if (meta.now().leader() == null) {
            if (!evidence.cluster().lone()) {
                findings.unknown("meta group", "Without a leader nobody tells who is current.");
            }
            findings.ground("A server outside any cluster has no meta group.");
            return;
        }
        List<Member> silent = meta.members().stream().filter(m -> !who.alive(m)).toList();
        List<Member> behind = meta.members().stream()
                .filter(m -> who.alive(m) && !m.healthy())
                .toList();
        int live = meta.members().size() - silent.size();
        if (!silent.isEmpty()) {
            findings.broken(
                    "meta group",
                    live + " of " + meta.size() + " members answer, " + Quorum.of(meta.size()) + " are needed; silent: "
                            + Evidence.labels(silent) + ".");
        }
        if (!behind.isEmpty()) {
            findings.broken("meta group", "The leader does not call current: " + Evidence.labels(behind) + ".");
        }
        findings.ground("All " + meta.members().size() + " members are current.");
    }
}
