package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.Access;
import io.stretchc.topology.AccountSpec;
import io.stretchc.topology.AllowDeny;
import io.stretchc.topology.Permissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Subjects of permissions, exports and imports: nats-server does not start with one that is malformed (2.9 to 2.15). A
 * subscription may be allowed or denied with its queue, as {@code "jobs.* workers"}.
 */
final class AccessSubjectRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        access(topology.source().access(), Path.ROOT, found);
        for (int i = 0; i < topology.source().leafClusters().size(); i++) {
            Path at = Path.ROOT.child("leaf_clusters").at(i);
            access(topology.source().leafClusters().get(i).access(), at, found);
        }
    }

    private static void access(Access access, Path base, Diagnostics found) {
        for (int i = 0; i < access.accounts().size(); i++) {
            AccountSpec account = access.accounts().get(i);
            Path at = base.child("accounts").at(i);
            permissions(account.defaultPermissions(), at.child("default_permissions"), found);
            for (int u = 0; u < account.users().size(); u++) {
                Path user = at.child("users").at(u);
                permissions(account.users().get(u).permissions(), user.child("permissions"), found);
            }
            for (int e = 0; e < account.exports().size(); e++) {
                Path export = at.child("exports").at(e);
                subject(account.exports().get(e).stream(), false, export.child("stream"), found);
                subject(account.exports().get(e).service(), false, export.child("service"), found);
            }
            for (int m = 0; m < account.imports().size(); m++) {
                Path imported = at.child("imports").at(m);
                subject(account.imports().get(m).stream(), false, imported.child("stream"), found);
                subject(account.imports().get(m).service(), false, imported.child("service"), found);
                subject(account.imports().get(m).to(), false, imported.child("to"), found);
            }
        }
    }

    private static void permissions(@Nullable Permissions permissions, Path at, Diagnostics found) {
        if (permissions != null) {
            allowDeny(permissions.publish(), false, at.child("publish"), found);
            allowDeny(permissions.subscribe(), true, at.child("subscribe"), found);
        }
    }

    private static void allowDeny(AllowDeny subjects, boolean queue, Path at, Diagnostics found) {
        all(subjects.allow(), queue, at.child("allow"), found);
        all(subjects.deny(), queue, at.child("deny"), found);
    }

    private static void all(List<String> subjects, boolean queue, Path at, Diagnostics found) {
        for (int i = 0; i < subjects.size(); i++) {
            subject(subjects.get(i), queue, at.at(i), found);
        }
    }

    private static void subject(@Nullable String subject, boolean queue, Path at, Diagnostics found) {
        if (subject == null || subject.isEmpty()) {
            return;
        }
        String[] parts = subject.split(" ", -1);
        boolean fine = parts.length <= (queue ? 2 : 1);
        for (String part : parts) {
            fine &= SubjectRules.legal(part);
        }
        if (!fine) {
            found.add(
                    Code.ST102,
                    at,
                    "The subject " + Quote.of(subject) + " is not legal.",
                    "Use tokens joined by dots, without spaces; `*` is a whole token and `>` the last one."
                            + (queue ? " A queue may follow after one space." : ""));
        }
    }
}
